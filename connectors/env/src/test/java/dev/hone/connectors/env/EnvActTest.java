package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.EnvAct.Input;
import dev.hone.connectors.env.EnvAct.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvActTest extends ConnectorContract<Input, Output> {

    private static final State MIDDLE = new State(List.of(0.0, 1.0), 7, 1, false);

    @Override
    protected Connector<Input, Output> connector() {
        return new EnvAct();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        Map<String, Object> before =
                Map.of("row", 0.0, "column", 1.0, "up", "#", "right", "G", "down", "#", "left", "S");
        Map<String, Object> seen = Map.of("row", 0.0, "column", 2.0, "up", "#", "right", "#", "down", "#", "left", ".");
        State end = new State(List.of(0.0, 2.0), 7, 2, true);
        return List.of(new Example<>(
                input(MIDDLE, Specs.fixed("right")),
                new Output("right", before, end, seen, "0,2", "S.@", List.of(), Specs.features(1, 1, 1, 1), true)));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "over", input(new State(List.of(0.0, 2.0), 7, 2, true), Specs.random()),
                "in a wall", input(new State(List.of(1.0, 1.0), 7, 1, false), Specs.random()),
                "no such action", input(MIDDLE, Specs.fixed("jump")),
                "no environment", new Input(Specs.grid("S"), MIDDLE, Specs.random(), Optional.empty()));
    }

    private static Input input(State state, Policy policy) {
        return new Input(Specs.CORRIDOR, state, policy, Optional.empty());
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @Test
    void the_seed_of_the_call_decides_what_a_policy_leaves_to_chance() throws ConnectorException {
        Set<String> actions = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            actions.add(new EnvAct()
                    .run(input(MIDDLE, Specs.random()), CallContext.standalone(seed))
                    .action());
        }

        assertThat(actions).containsExactlyInAnyOrder("up", "right", "down", "left");
    }
}
