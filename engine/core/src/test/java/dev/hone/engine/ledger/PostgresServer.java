package dev.hone.engine.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL for all tests of this JVM, in which each test has a place of its own. It asks for passwords. */
public final class PostgresServer {

    /** The reference of the right password. */
    public static final String PASSWORD = "env:HONE_TEST_PASSWORD";

    public static final String USER = "keeper";

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static @Nullable EmbeddedPostgres running;

    private PostgresServer() {}

    private static synchronized EmbeddedPostgres running() {
        EmbeddedPostgres known = running;
        if (known == null) {
            try {
                Path whoMay = Files.createTempFile("hone-hba", ".conf");
                Files.writeString(whoMay, """
                        host all postgres 127.0.0.1/32 trust
                        host all all 127.0.0.1/32 scram-sha-256
                        """);
                whoMay.toFile().deleteOnExit();
                known = EmbeddedPostgres.builder()
                        .setServerConfig("hba_file", whoMay.toString())
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            running = known;
            execute("create user keeper with password 'sesame'");
        }
        return known;
    }

    /** A new, empty place: a schema, which is made sooner than a database. */
    public static DatabaseAddress fresh() {
        String name = "hone" + NAMES.incrementAndGet();
        int port = running().getPort();
        execute("create schema " + name + " authorization keeper");
        return DatabaseAddress.of(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?currentSchema=" + name, USER, PASSWORD);
    }

    /** Ends the connections whose last statement is one of these, as a network does. @return how many */
    public static int cut(String... statements) {
        try (Connection connection = running().getPostgresDatabase().getConnection();
                var cut = connection.prepareStatement("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where usename = 'keeper' and query ilike any (?) and pid <> pg_backend_pid()")) {
            cut.setArray(1, connection.createArrayOf("text", statements));
            try (var row = cut.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String sql) {
        try (Connection connection = running().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
