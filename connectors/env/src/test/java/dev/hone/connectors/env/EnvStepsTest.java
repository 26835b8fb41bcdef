package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.EnvSteps.Input;
import dev.hone.connectors.env.EnvSteps.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvStepsTest extends ConnectorContract<Input, Output> {

    private static final State START = new State(List.of(0.0, 0.0), 7, 0, false);

    @Override
    protected Connector<Input, Output> connector() {
        return new EnvSteps();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        Map<String, Double> features = Specs.features(2, 0, 1, 1.0 / 3 + 1.0 / 2);
        features.put("bump", 1.0);
        return List.of(new Example<>(
                new Input(Specs.CORRIDOR, START, List.of("left", "right", "jump", "right")),
                new Output(
                        new State(List.of(0.0, 1.0), 7, 2, false),
                        Map.of("row", 0.0, "column", 1.0, "up", "#", "right", "G", "down", "#", "left", "S"),
                        "S@G",
                        List.of("up", "right", "down", "left"),
                        2,
                        "jump",
                        features,
                        -0.02,
                        false)));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "too many actions", new Input(Specs.CORRIDOR, START, Collections.nCopies(1_001, "left")),
                "of another environment", new Input(Specs.cartPole(0, 10), START, List.of("left")));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @Test
    void what_is_listed_behind_the_end_of_the_episode_is_not_missed() throws ConnectorException {
        Output output = new EnvSteps()
                .run(new Input(Specs.CORRIDOR, START, List.of("right", "right", "right")), CallContext.standalone(1));

        assertThat(output.done()).isTrue();
        assertThat(output.taken()).isEqualTo(2);
        assertThat(output.refused()).isEmpty();
    }

    @Test
    void no_actions_leave_everything_as_it_is() throws ConnectorException {
        Output output = new EnvSteps().run(new Input(Specs.CORRIDOR, START, List.of()), CallContext.standalone(1));

        assertThat(output.state()).isEqualTo(START);
        assertThat(output.reward()).isZero();
    }
}
