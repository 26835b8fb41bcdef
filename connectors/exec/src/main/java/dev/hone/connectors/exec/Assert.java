package dev.hone.connectors.exec;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns named conditions into a verdict: {@code exec: {tool: assert, in: {checks: {...}}}}. It passes when all of them hold.
 * No conditions at all is an error, since a check that checks nothing must not pass.
 */
public final class Assert implements Connector<Assert.Input, Assert.Output> {

    /** @param checks what must hold, by a name that says so */
    public record Input(Map<String, Boolean> checks) {}

    /**
     * @param pass whether every check holds
     * @param fraction of the checks that hold, from 0 to 1
     * @param failed the names of the others, in the order of the alphabet
     */
    public record Output(boolean pass, double fraction, List<String> failed) {}

    @Override
    public String name() {
        return "assert";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when there is no check, or one is neither true nor false */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        if (input.checks().isEmpty()) {
            throw bad("there is no check", "give at least one condition under 'checks': nothing is not a pass");
        }
        for (Map.Entry<String, @Nullable Boolean> check : input.checks().entrySet()) {
            if (check.getValue() == null) {
                throw bad(
                        "the check '" + check.getKey() + "' is null, neither true nor false",
                        "see whether every name in its expression exists at this point of the workflow");
            }
        }
        List<String> failed = input.checks().entrySet().stream()
                .filter(check -> !check.getValue())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        int all = input.checks().size();
        return new Output(failed.isEmpty(), (all - failed.size()) / (double) all, failed);
    }

    private static ConnectorException bad(String what, String fix) {
        return new ConnectorException(ConnectorException.Kind.BAD_INPUT, what, fix);
    }
}
