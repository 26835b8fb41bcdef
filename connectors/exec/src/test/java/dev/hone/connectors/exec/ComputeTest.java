package dev.hone.connectors.exec;

import dev.hone.connectors.api.Connector;
import dev.hone.connectors.exec.Compute.Input;
import dev.hone.connectors.exec.Compute.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ComputeTest extends ConnectorContract<Input, Output> {

    @Override
    protected Connector<Input, Output> connector() {
        return new Compute();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(new Example<>(new Input(Map.of("rate", 0.5)), new Output(Map.of("rate", 0.5))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of();
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }
}
