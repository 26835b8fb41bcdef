package dev.hone.connectors.exec;

import dev.hone.connectors.api.Connector;
import dev.hone.connectors.exec.FewShot.Input;
import dev.hone.connectors.exec.FewShot.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class FewShotTest extends ConnectorContract<Input, Output> {

    private static final List<FewShot.Example> POEMS = List.of(
            new FewShot.Example("frost", 0.5, "a"),
            new FewShot.Example("rain", 1, "b"),
            new FewShot.Example("fog", 0, "c"),
            new FewShot.Example("frost", 0.75, "d"));

    @Override
    protected Connector<Input, Output> connector() {
        return new FewShot();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(
                // The same example twice is one, with the higher weight; what is worth nothing is not shown.
                new Example<>(new Input(POEMS, Optional.empty()), new Output(List.of("frost", "rain"), 0.875, 4)),
                new Example<>(new Input(POEMS, Optional.of(1)), new Output(List.of("rain"), 1, 4)),
                new Example<>(new Input(List.of(), Optional.empty()), new Output(List.of(), 0, 0)));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of("none", new Input(POEMS, Optional.of(0)));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }
}
