package dev.hone.workflows.paths;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A tool, or a trainer, that does what the test at hand says. */
public final class Scripted implements Connector<Scripted.In, Scripted.Out> {

    /** What each name stands for at the moment. */
    static final Map<String, Function<Map<String, Object>, Out>> SCRIPTS = new ConcurrentHashMap<>();

    /** @param name of the script */
    public record In(String name, Map<String, Object> with) {}

    public record Out(Object value, Optional<Double> score) {

        public static Out of(Object value) {
            return new Out(value, Optional.empty());
        }

        public static Out scored(Object value, double score) {
            return new Out(value, Optional.of(score));
        }
    }

    @Override
    public String name() {
        return "scripted";
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
    public Out run(In input, CallContext context) throws ConnectorException {
        Function<Map<String, Object>, Out> script = SCRIPTS.get(input.name());
        if (script == null) {
            throw new ConnectorException(
                    ConnectorException.Kind.BAD_INPUT,
                    "nothing is written for " + input.name(),
                    "write it in the test");
        }
        return script.apply(input.with());
    }
}
