package dev.hone.server.store;

import dev.hone.engine.ledger.DatabaseAddress;
import dev.hone.engine.ledger.Ledger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresMessagesTest extends MessagesContract {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    Ledger open() {
        return open(postgres);
    }

    /** A ledger of its own. */
    static Ledger open(EmbeddedPostgres postgres) {
        String schema = "hone_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        return Ledger.open(DatabaseAddress.of(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?currentSchema=" + schema,
                "postgres",
                "env:HONE_TEST_OPERATOR_KEY")); // which nobody asks for on this machine
    }
}
