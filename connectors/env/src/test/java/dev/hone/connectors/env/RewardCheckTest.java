package dev.hone.connectors.env;

import dev.hone.connectors.api.Connector;
import dev.hone.connectors.env.RewardCheck.Input;
import dev.hone.connectors.env.RewardCheck.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

class RewardCheckTest extends ConnectorContract<Input, Output> {

    private static final List<String> FEATURES = List.of("step", "goal", "hazard", "bump", "closer", "farther", "near");

    @Override
    protected Connector<Input, Output> connector() {
        return new RewardCheck();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(
                new Example<>(
                        new Input(Specs.CORRIDOR, "goal - 0.1 * bump"),
                        new Output(true, "", 0, 0, FEATURES, List.of("bump", "goal"))),
                new Example<>(
                        new Input(Specs.CORRIDOR, "goal - distance"),
                        new Output(
                                false,
                                "line 1, column 8: undeclared reference to 'distance' (in container ''); the names are "
                                        + String.join(", ", FEATURES),
                                1,
                                8,
                                FEATURES,
                                List.of())),
                // The first move, up, bumps into the edge: only what the step really gives shows it.
                new Example<>(
                        new Input(Specs.CORRIDOR, "1.0 / (1.0 - bump)"),
                        new Output(
                                false,
                                "the reward code fails in a step where bump is 1.0: it gives Infinity",
                                1,
                                1,
                                FEATURES,
                                List.of("bump"))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of("no environment", new Input(Specs.grid("S"), "goal"));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }
}
