package dev.hone.connectors.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Words {@code name=value} of a command line, over their defaults. */
record Options(Map<String, String> values) {

    /** @throws IllegalArgumentException on a word that is none of the options, naming them all */
    static Options of(List<String> words, Map<String, String> defaults) {
        Map<String, String> values = new LinkedHashMap<>(defaults);
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0 || !defaults.containsKey(word.substring(0, equals))) {
                throw new IllegalArgumentException(
                        "'" + word + "' is no option; there are, with their defaults, " + defaults);
            }
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new Options(Map.copyOf(values));
    }

    int integer(String name) {
        return Math.toIntExact(Math.round(number(name)));
    }

    double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + name + "=" + text(name) + "' is no number", e);
        }
    }

    Path path(String name) {
        return Path.of(text(name));
    }

    private String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no option " + name);
        }
        return value;
    }
}
