package dev.hone.connectors.sandbox;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.common.OperatorTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Runs a Python program in the sandbox: {@code exec: {tool: python}}. A program that fails is a result, not a failure. */
public final class Python extends OperatorTool<Python.Input, Ended> {

    /**
     * @param code the program
     * @param stdin what it reads from its standard input; nothing when absent
     * @param files texts in its directory, by relative paths
     * @param arguments as in {@code sys.argv}, behind the name
     * @param seconds how long it may take; as long as the operator allows when absent
     */
    public record Input(
            String code,
            Optional<String> stdin,
            Optional<Map<String, String>> files,
            Optional<List<String>> arguments,
            Optional<Double> seconds) {}

    /** Reads the environment. */
    public Python() {
        this(System::getenv);
    }

    Python(UnaryOperator<String> variables) {
        super("python", Input.class, Ended.class, variables);
    }

    /**
     * @throws ConnectorException of kind BAD_INPUT for names of files that are none, or too much of anything; UNKNOWN where
     *     there is no Python or no sandbox; TIMEOUT; CANCELLED
     */
    @Override
    public Ended run(Input input, CallContext context) throws ConnectorException {
        Allowance allowance = Allowance.of(variables);
        Interpreter python = Interpreter.find();
        List<String> command = new ArrayList<>(List.of(python.program(), "-E", "-s", "-B", "main.py"));
        command.addAll(Words.checked(input.arguments().orElse(List.of())));
        List<String> read = new ArrayList<>(python.read());
        read.addAll(allowance.read().orElse(List.of()));
        return Jail.run(
                command,
                input.stdin().orElse(""),
                new WorkFiles().with("main.py", input.code()).with(input.files().orElse(Map.of())),
                read,
                Limits.of(allowance, input.seconds()),
                context);
    }
}
