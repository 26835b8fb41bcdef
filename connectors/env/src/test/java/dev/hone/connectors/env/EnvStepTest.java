package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.env.EnvStep.Input;
import dev.hone.connectors.env.EnvStep.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvStepTest extends ConnectorContract<Input, Output> {

    private static final State MIDDLE = new State(List.of(0.0, 1.0), 7, 1, false);

    @Override
    protected Connector<Input, Output> connector() {
        return new EnvStep();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        Map<String, Double> features = Specs.features(1, 1, 1, 1);
        Map<String, Object> seen = Map.of("row", 0.0, "column", 2.0, "up", "#", "right", "#", "down", "#", "left", ".");
        State end = new State(List.of(0.0, 2.0), 7, 2, true);
        return List.of(
                new Example<>(
                        new Input(Specs.CORRIDOR, MIDDLE, "right", Optional.empty(), Optional.empty()),
                        new Output(end, seen, "0,2", "S.@", List.of(), features, 0.99, true)),
                new Example<>(
                        new Input(Specs.CORRIDOR, MIDDLE, "right", Optional.of(Map.of("step", 2.0)), Optional.empty()),
                        new Output(end, seen, "0,2", "S.@", List.of(), features, 2, true)));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "no such action", input(MIDDLE, "jump"),
                "over", input(new State(List.of(0.0, 2.0), 7, 2, true), "left"),
                "in a wall", input(new State(List.of(1.0, 1.0), 7, 1, false), "left"),
                "between cells", input(new State(List.of(0.0, 0.5), 7, 1, false), "left"),
                "of another environment", input(new State(List.of(0.0), 7, 1, false), "left"),
                "not a number", input(new State(List.of(0.0, Double.NaN), 7, 1, false), "left"),
                "a hole", input(new State(Arrays.asList(0.0, null), 7, 1, false), "left"),
                "too late", input(new State(List.of(0.0, 1.0), 7, 1_001, false), "left"),
                "unknown feature",
                        new Input(
                                Specs.CORRIDOR,
                                MIDDLE,
                                "right",
                                Optional.of(Map.of("happiness", 1.0)),
                                Optional.empty()),
                "infinite weight",
                        new Input(
                                Specs.CORRIDOR,
                                MIDDLE,
                                "right",
                                Optional.of(Map.of("goal", Double.POSITIVE_INFINITY)),
                                Optional.empty()));
    }

    private static Input input(State state, String action) {
        return new Input(Specs.CORRIDOR, state, action, Optional.empty(), Optional.empty());
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @Test
    void a_refusal_names_the_value_and_what_can_be_done_instead() {
        ConnectorException e =
                Refusals.of(Kind.BAD_INPUT, () -> new EnvStep().run(input(MIDDLE, "jump"), CallContext.standalone(1)));

        assertThat(e.what()).isEqualTo("there is no action 'jump' here");
        assertThat(e.fix()).isEqualTo("use one of up, right, down, left");
    }

    @Test
    void an_episode_ends_after_the_limit_though_the_goal_is_not_reached() throws ConnectorException {
        Spec env = Specs.grid("S.G", 0, 2);
        State last = new State(List.of(0.0, 0.0), 7, 1, false);

        Output output = new EnvStep()
                .run(new Input(env, last, "right", Optional.empty(), Optional.empty()), CallContext.standalone(1));

        assertThat(output.done()).isTrue();
        assertThat(output.features()).containsEntry("goal", 0.0);
        assertThat(output.actions()).isEmpty();
    }
}
