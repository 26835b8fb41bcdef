package dev.hone.connectors.exec;

import dev.hone.connectors.api.Connector;
import dev.hone.connectors.exec.Assert.Input;
import dev.hone.connectors.exec.Assert.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

class AssertTest extends ConnectorContract<Input, Output> {

    @Override
    protected Connector<Input, Output> connector() {
        return new Assert();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(
                new Example<>(
                        new Input(Map.of("short", true, "polite", false, "cited", false, "new", true)),
                        new Output(false, 0.5, List.of("cited", "polite"))),
                new Example<>(new Input(Map.of("short", true)), new Output(true, 1.0, List.of())),
                new Example<>(new Input(Map.of("short", false)), new Output(false, 0.0, List.of("short"))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "no check", new Input(Map.of()), "null", new Input(Collections.singletonMap("exists", (Boolean) null)));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }
}
