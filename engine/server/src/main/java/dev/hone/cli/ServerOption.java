package dev.hone.cli;

import dev.hone.client.ServerAccess;
import dev.hone.client.ServerRuns;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A server that does what a command would do itself. */
final class ServerOption {

    private static final String SERVER = "--server";
    private static final String VARIABLE = "--key-variable";

    /** What is up to the server's operator. */
    private static final List<String> OPERATORS =
            List.of("--data-dir", "--zeebe", "--trusted", "--prices", "--limits", "--tenant");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = SERVER,
            paramLabel = "<address>",
            description =
                    "A Hone server that does it, for example http://localhost:8080, in the place of this process.")
    @Nullable
    private URI address;

    @Option(
            names = VARIABLE,
            paramLabel = "<name>",
            defaultValue = ServerAccess.USUAL_VARIABLE,
            description = "The environment variable with the key for the server, if it wants one. Default:"
                    + " ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private String variable;

    /** @throws ParameterException when there are options that do not go together */
    boolean wanted() {
        if (address == null) {
            if (given(VARIABLE)) {
                throw refused(VARIABLE + " is for the key of a server. Name the server with " + SERVER + ".");
            }
            return false;
        }
        OPERATORS.stream().filter(this::given).findFirst().ifPresent(option -> {
            throw refused(option + " does not go with " + SERVER + ": the server has its own. Leave one of them out.");
        });
        return true;
    }

    private boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private ParameterException refused(String words) {
        return new ParameterException(spec.commandLine(), words);
    }

    /** Asks the server, when one is wanted; nothing of it is asked yet. */
    ServerRuns open() {
        if (address == null) {
            throw new IllegalStateException("no server is wanted");
        }
        PrintWriter screen = spec.commandLine().getErr();
        return new ServerRuns(ServerAccess.of(address, variable, System.getenv()), line -> {
            screen.println(line);
            screen.flush();
        });
    }
}
