package dev.hone.server.nodes;

import dev.hone.broker.BrokerOptions;
import dev.hone.broker.EmbeddedBroker;
import dev.hone.engine.work.Json;
import dev.hone.server.Served;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that share one Zeebe broker and one PostgreSQL, in this process and in others. All clusters of the tests are on the same
 * two, each with a ledger of its own.
 */
public final class Cluster implements AutoCloseable {

    private static final String LISTENS = "Hone listens on ";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static @Nullable EmbeddedPostgres postgres;
    private static @Nullable EmbeddedBroker broker;

    private final Path directory;
    private final Map<String, Object> settings = new HashMap<>();
    private final List<AutoCloseable> nodes = new ArrayList<>();

    /** @param settings of all nodes, beside broker and database */
    private Cluster(Path directory, URI gateway, Map<String, Object> settings) {
        this.directory = directory;
        this.settings.put("hone.port", "0");
        this.settings.put("hone.zeebe", gateway.toString());
        this.settings.put("hone.db", database());
        this.settings.put("hone.db-user", "postgres");
        this.settings.putAll(settings);
    }

    public static Cluster start(Path directory, Map<String, Object> settings) {
        return new Cluster(directory, broker().gatewayAddress(), settings);
    }

    /** The same with a broker of its own. */
    public static Cluster start(Path directory, URI gateway, Map<String, Object> settings) {
        return new Cluster(directory, gateway, settings);
    }

    private static synchronized EmbeddedBroker broker() {
        EmbeddedBroker known = broker;
        if (known == null) {
            try {
                known = EmbeddedBroker.start(Files.createTempDirectory("hone-nodes-"), BrokerOptions.defaults());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(known::close));
            broker = known;
        }
        return known;
    }

    /** A new, empty place. */
    private static synchronized String database() {
        String name = "nodes" + NUMBER.incrementAndGet();
        try {
            EmbeddedPostgres known = postgres;
            if (known == null) {
                known = EmbeddedPostgres.start();
                postgres = known;
            }
            try (var connection = known.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create schema " + name);
            }
            return "jdbc:postgresql://127.0.0.1:" + known.getPort() + "/postgres?currentSchema=" + name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A node in this process, which lives as long as the cluster. */
    public Served here() {
        Served node = Served.start(directory.resolve("here"), settings);
        nodes.add(node);
        return node;
    }

    /** A node in a process of its own, as {@code hone serve} makes it. @param more settings of this one */
    public Node fork(String name, Map<String, Object> more) throws IOException {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("hone.data-dir", directory.resolve(name).toString());
        all.putAll(more);
        Path config = Files.writeString(
                directory.resolve(name + ".yaml"), Json.node(all).toString());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.hone.cli.Hone",
                        "serve",
                        "--config",
                        config.toString())
                .redirectError(directory.resolve(name + ".log").toFile())
                .start();
        Node node = new Node(process);
        nodes.add(node);
        return node;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable node : nodes.reversed()) {
            node.close();
        }
    }

    /** A node that can be ended. */
    public static final class Node implements AutoCloseable {

        private final Process process;
        private @Nullable Served served;

        private Node(Process process) {
            this.process = process;
        }

        /** Waits until it listens. */
        public synchronized Served served() throws IOException {
            Served known = served;
            if (known == null) {
                BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
                String line = said.readLine();
                if (line == null || !line.startsWith(LISTENS)) {
                    throw new IllegalStateException("the node does not listen: " + line);
                }
                known = Served.at(URI.create(line.substring(LISTENS.length(), line.indexOf(';'))));
                served = known;
            }
            return known;
        }

        /** With -9, and waits until it is dead. */
        public void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** Asks it to stop; it does so in its own time. */
        public Process terminate() {
            process.destroy();
            return process;
        }

        @Override
        public void close() throws InterruptedException {
            kill();
        }
    }
}
