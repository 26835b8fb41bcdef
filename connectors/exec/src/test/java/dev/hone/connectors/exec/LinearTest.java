package dev.hone.connectors.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.exec.Linear.Input;
import dev.hone.connectors.exec.Linear.Output;
import dev.hone.connectors.exec.Linear.Sample;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinearTest extends ConnectorContract<Input, Output> {

    private static Linear.Example example(double weight, double label, Double... features) {
        return new Linear.Example(new Sample(List.of(features), label), weight, "test");
    }

    @Override
    protected Connector<Input, Output> connector() {
        return new Linear();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(
                // (2 + 4) / (1 + 1 + 2): the ridge of 2 draws the weight from 3 to 1.5.
                new Example<>(
                        new Input(List.of(example(1, 2, 1.0), example(1, 4, 1.0)), Optional.of(2.0), Optional.empty()),
                        new Output(List.of(1.5), -2.25, Math.sqrt(3.25))),
                // The same as each of them four times.
                new Example<>(
                        new Input(List.of(example(4, 2, 1.0), example(4, 4, 1.0)), Optional.of(8.0), Optional.empty()),
                        new Output(List.of(1.5), -2.25, Math.sqrt(3.25))),
                new Example<>(input(List.of(example(1, 0, 1.0))), new Output(List.of(0.0), 0, 0)));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "nothing", input(List.of()),
                "label", input(List.of(example(1, Double.NaN, 1.0))),
                "no features", input(List.of(example(1, 1))),
                "weight", input(List.of(example(0, 1, 1.0))),
                "unlike", input(List.of(example(1, 1, 1.0), example(1, 1, 1.0, 2.0))),
                "ridge", new Input(List.of(example(1, 1, 1.0)), Optional.of(0.0), Optional.empty()));
    }

    private static Input input(List<Linear.Example> data) {
        return new Input(data, Optional.empty(), Optional.empty());
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @Test
    void it_finds_the_weights_that_made_the_labels() throws ConnectorException {
        Random random = new Random(7);
        List<Linear.Example> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            made.add(example(1, 0.5 + 2 * x - y + 0.5 * random.nextGaussian(), x, y));
        }
        Output fitted =
                new Linear().run(new Input(made, Optional.empty(), Optional.of(true)), CallContext.standalone(1));

        assertThat(fitted.value().get(0)).isCloseTo(0.5, within(0.02));
        assertThat(fitted.value().get(1)).isCloseTo(2, within(0.02));
        assertThat(fitted.value().get(2)).isCloseTo(-1, within(0.02));
        // The noise has a variance of 0.25, what it adds to 5.
        assertThat(fitted.error()).isCloseTo(0.5, within(0.02));
        assertThat(fitted.score()).isCloseTo(5 / 5.25, within(0.01));
    }
}
