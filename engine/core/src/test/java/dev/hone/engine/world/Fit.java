package dev.hone.engine.world;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A trainer: the weighted mean of its examples is the model, and the number of examples its score. */
public final class Fit implements Connector<Fit.In, Fit.Out> {

    /** All trainings in this JVM. */
    public static final AtomicInteger TRAININGS = new AtomicInteger();

    public record Example(double example, double weight, String from) {}

    public record In(List<Example> data) {}

    /** @param value the mean, rounded, as text */
    public record Out(String value, double score, List<String> from) {}

    @Override
    public String name() {
        return "fit";
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
        TRAININGS.incrementAndGet();
        double sum = 0;
        double weights = 0;
        for (Example example : input.data()) {
            sum += example.example() * example.weight();
            weights += example.weight();
        }
        String value = String.valueOf(Math.round(weights == 0 ? 0 : sum / weights));
        return new Out(
                value,
                input.data().size(),
                input.data().stream().map(Example::from).toList());
    }
}
