package dev.hone.connectors.sandbox;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.OperatorTool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Runs a program that the operator allows in the sandbox: {@code exec: {tool: command}}. No shell reads the words. */
public final class Command extends OperatorTool<Command.Input, Ended> {

    /**
     * @param command the program's absolute path, and its arguments
     * @param stdin what it reads from its standard input; nothing when absent
     * @param files texts in its directory, by relative paths
     * @param seconds how long it may take; as long as the operator allows when absent
     */
    public record Input(
            List<String> command,
            Optional<String> stdin,
            Optional<Map<String, String>> files,
            Optional<Double> seconds) {}

    /** Reads the environment. */
    public Command() {
        this(System::getenv);
    }

    Command(UnaryOperator<String> variables) {
        super("command", Input.class, Ended.class, variables);
    }

    /**
     * @throws ConnectorException of kind BAD_INPUT for no program, names of files that are none, or too much of anything;
     *     DENIED when the operator does not allow the program; UNKNOWN where there is no sandbox; TIMEOUT; CANCELLED
     */
    @Override
    public Ended run(Input input, CallContext context) throws ConnectorException {
        Allowance allowance = Allowance.of(variables);
        List<String> command = Words.checked(input.command());
        if (command.isEmpty()) {
            throw new ConnectorException(Kind.BAD_INPUT, "there is no program in the command", "name one");
        }
        if (!allowance.commands().orElse(List.of()).contains(command.getFirst())) {
            throw new ConnectorException(
                    Kind.DENIED,
                    "the program " + command.getFirst() + " is not allowed here",
                    "the operator allows programs in " + Allowance.VARIABLE
                            + ", for example with '{\"commands\": [\"/usr/bin/sort\"]}'");
        }
        return Jail.run(
                command,
                input.stdin().orElse(""),
                new WorkFiles().with(input.files().orElse(Map.of())),
                allowance.read().orElse(List.of()),
                Limits.of(allowance, input.seconds()),
                context);
    }
}
