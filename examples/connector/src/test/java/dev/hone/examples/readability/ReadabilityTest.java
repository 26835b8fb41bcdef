package dev.hone.examples.readability;

import dev.hone.connectors.api.Connector;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ReadabilityTest extends ConnectorContract<Readability.Input, Readability.Output> {

    @Override
    protected Connector<Readability.Input, Readability.Output> connector() {
        return new Readability();
    }

    @Override
    protected List<Example<Readability.Input, Readability.Output>> examples() {
        return List.of(
                new Example<>(
                        new Readability.Input("The cat sat on the mat."),
                        new Readability.Output(206.835 - 1.015 * 6 / 1 - 84.6 * 6 / 6, 6, 1, 6)),
                new Example<>(
                        new Readability.Input("We take the table. Is it fine?"),
                        new Readability.Output(206.835 - 1.015 * 7 / 2 - 84.6 * 8 / 7, 7, 2, 8)));
    }

    @Override
    protected Map<String, Readability.Input> badInputs() {
        return Map.of("no words", new Readability.Input("1 + 1 = 2."), "nothing", new Readability.Input(""));
    }

    /** It is done at once. */
    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }
}
