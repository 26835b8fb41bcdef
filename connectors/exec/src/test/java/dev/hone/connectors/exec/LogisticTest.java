package dev.hone.connectors.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.exec.Logistic.Input;
import dev.hone.connectors.exec.Logistic.Output;
import dev.hone.connectors.exec.Logistic.Sample;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogisticTest extends ConnectorContract<Input, Output> {

    /** What held once with the feature and once without it says nothing of the feature. */
    private static final List<Logistic.Example> EVEN = List.of(example(1, 1), example(1, 0));

    private static Logistic.Example example(double feature, double label) {
        return new Logistic.Example(new Sample(List.of(feature), label), 1, "test");
    }

    @Override
    protected Connector<Input, Output> connector() {
        return new Logistic();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(new Example<>(
                new Input(EVEN, Optional.empty(), Optional.empty()), new Output(List.of(0.0), 0.5, -Math.log(2))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "nothing", input(List.of()),
                "label", input(List.of(example(1, 2))),
                "no features", input(List.of(new Logistic.Example(new Sample(List.of(), 1), 1, "test"))),
                "weight", input(List.of(new Logistic.Example(new Sample(List.of(1.0), 1), 0, "test"))),
                "unlike",
                        input(List.of(
                                example(1, 1), new Logistic.Example(new Sample(List.of(1.0, 2.0), 1), 1, "test"))),
                "ridge", new Input(EVEN, Optional.of(0.0), Optional.empty()));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @Test
    void it_finds_the_weights_that_drew_the_labels() throws ConnectorException {
        Random random = new Random(7);
        List<Logistic.Example> drawn = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            double p = 1 / (1 + Math.exp(-(0.5 + 2 * x - y)));
            drawn.add(new Logistic.Example(new Sample(List.of(x, y), random.nextDouble() < p ? 1 : 0), 1, "test"));
        }
        Output fitted =
                new Logistic().run(new Input(drawn, Optional.empty(), Optional.of(true)), CallContext.standalone(1));

        assertThat(fitted.value().get(0)).isCloseTo(0.5, within(0.1));
        assertThat(fitted.value().get(1)).isCloseTo(2, within(0.15));
        assertThat(fitted.value().get(2)).isCloseTo(-1, within(0.1));
    }

    @Test
    void what_separates_perfectly_still_has_finite_weights() throws ConnectorException {
        Output fitted = new Logistic().run(input(List.of(example(1, 1), example(-1, 0))), CallContext.standalone(1));

        assertThat(fitted.value().getFirst()).isBetween(0.1, 10.0);
        assertThat(fitted.score()).isEqualTo(1);
    }

    private static Input input(List<Logistic.Example> data) {
        return new Input(data, Optional.empty(), Optional.empty());
    }
}
