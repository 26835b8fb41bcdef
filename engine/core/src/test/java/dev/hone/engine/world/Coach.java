package dev.hone.engine.world;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trainer of the guessing models: its version of a model says the last example's text, whatever it is asked. */
public final class Coach implements Connector<Coach.In, Coach.Out> {

    public record Example(String example, double weight, String from) {}

    /**
     * @param model the slot's value
     * @param format of the adapter, {@code says} when absent
     * @param bare whether it gives the text in the place of a version
     */
    public record In(List<Example> data, Object model, Optional<String> format, Optional<Boolean> bare) {}

    public record Out(Object value) {}

    @Override
    public String name() {
        return "coach";
    }

    @Override
    public Class<In> input() {
        return In.class;
    }

    @Override
    public Class<Out> output() {
        return Out.class;
    }

    @Override
    public Out run(In input, CallContext context) {
        String text = input.data().getLast().example();
        Object name = input.model() instanceof Map<?, ?> version ? version.get("model") : input.model();
        Map<String, Object> adapter = Map.of("format", input.format().orElse("says"), "data", text);
        return new Out(input.bare().orElse(false) ? text : Map.of("model", String.valueOf(name), "adapter", adapter));
    }
}
