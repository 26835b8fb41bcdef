package dev.hone.engine.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of a policy's settings. */
public record Settings(Map<String, Double> values) {

    /** @throws BadSetting when a given name is none of the settings, or a value is outside its range */
    public static Settings of(List<Setting> settings, Map<String, Double> given) throws BadSetting {
        Map<String, Double> values = new LinkedHashMap<>();
        settings.forEach(setting -> values.put(setting.name(), setting.standard()));
        for (Map.Entry<String, Double> entry : given.entrySet()) {
            Setting setting = settings.stream()
                    .filter(one -> one.name().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new BadSetting(entry.getKey(), "there is no setting " + entry.getKey()));
            double value = entry.getValue();
            if (!(value >= setting.least() && value <= setting.most())) {
                throw new BadSetting(
                        setting.name(),
                        setting.name() + " is " + value + ", not between " + setting.least() + " and "
                                + setting.most());
            }
            values.put(setting.name(), value);
        }
        return new Settings(Map.copyOf(values));
    }

    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no setting " + name);
        }
        return value;
    }

    public int whole(String name) {
        return (int) Math.round(get(name));
    }
}
