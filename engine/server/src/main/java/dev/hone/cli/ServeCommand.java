package dev.hone.cli;

import dev.hone.server.Configuration;
import dev.hone.server.Server;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hone serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Offers what the engine can do over HTTP, until it is told to stop.",
            "What is not given here is taken from the environment (HONE_PORT for --port), then from --config, then from"
                    + " the defaults."
        })
final class ServeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "<file>", description = "Settings as YAML, under the key hone.")
    @Nullable
    private Path config;

    @Option(names = "--host", paramLabel = "<address>", description = "Where to listen. Default: 127.0.0.1")
    @Nullable
    private String host;

    @Option(names = "--port", paramLabel = "<n>", description = "Default: 8080; 0 takes a free one.")
    @Nullable
    private Integer port;

    @Option(names = "--data-dir", paramLabel = "<dir>", description = "Where runs are kept. Default: .hone")
    @Nullable
    private Path dataDir;

    @Option(
            names = "--zeebe",
            paramLabel = "<address>",
            description = "The gateway of a Zeebe cluster. Without it a broker is started in the data directory.")
    @Nullable
    private URI zeebe;

    @Option(
            names = "--db",
            paramLabel = "<jdbc-url>",
            description = "The PostgreSQL database that the ledger is in: jdbc:postgresql://host:port/name. Without it"
                    + " a file in the data directory.")
    @Nullable
    private String db;

    @Option(names = "--db-user", paramLabel = "<name>", description = "Of the database.")
    @Nullable
    private String dbUser;

    @Option(
            names = "--db-password-variable",
            paramLabel = "<name>",
            description = "The environment variable that holds the database's password.")
    @Nullable
    private String dbPasswordVariable;

    @Option(names = "--auth", description = "Callers must say who they are; needed to listen on other addresses.")
    private boolean auth;

    @Option(
            names = "--trusted",
            description =
                    "Takes rules in DRL files, which are code that can do anything, from everybody who may deploy.")
    private boolean trusted;

    @Option(names = "--prices", paramLabel = "<file>", description = "What models cost, before the list of Hone's own.")
    @Nullable
    private Path prices;

    @Option(names = "--limits", paramLabel = "<file>", description = "How much may be asked of providers, and spent.")
    @Nullable
    private Path limits;

    @Option(names = "--print-config", description = "Prints the settings and where each comes from, and ends.")
    private boolean printConfig;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Configuration configuration = Configuration.of(flags(), Optional.ofNullable(config));
        if (printConfig) {
            out.print(configuration.print());
            out.flush();
            return Exit.DONE;
        }
        Log.lines();
        CountDownLatch stopped = new CountDownLatch(1);
        try (Server server = Server.start(configuration);
                Interrupt interrupt = new Interrupt(stopped::countDown)) {
            out.println("Hone listens on " + server.address() + "; its operations are on " + server.address()
                    + "/swagger. Ctrl+C stops it.");
            out.flush();
            stopped.await();
        }
        return Exit.DONE;
    }

    private Map<String, Object> flags() {
        Map<String, Object> flags = new LinkedHashMap<>();
        put(flags, "hone.host", host);
        put(flags, "hone.port", port);
        put(flags, "hone.data-dir", dataDir);
        put(flags, "hone.db", db);
        put(flags, "hone.db-user", dbUser);
        put(flags, "hone.db-password-variable", dbPasswordVariable);
        put(flags, "hone.zeebe", zeebe);
        put(flags, "hone.security.auth", auth ? true : null);
        put(flags, "hone.trusted", trusted ? true : null);
        put(flags, "hone.prices", prices);
        put(flags, "hone.limits", limits);
        return flags;
    }

    private static void put(Map<String, Object> flags, String name, @Nullable Object value) {
        if (value != null) {
            flags.put(name, value.toString());
        }
    }
}
