package dev.hone.engine.ledger;

import com.zaxxer.hikari.HikariConfig;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.SecretRef;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to a PostgreSQL database. */
final class PostgresDatabase {

    /** A transaction of a process that stands still keeps nobody waiting for longer. */
    private static final String SESSION = "set idle_in_transaction_session_timeout = '30s'";

    /** Of the lock under which one process at a time makes what the first migration needs. */
    private static final long PREPARING = 0x686f6e65L;

    private PostgresDatabase() {}

    static Database open(DatabaseAddress address) {
        PGSimpleDataSource source = source(address);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setConnectionInitSql(SESSION);
        config.setConnectionTimeout(10_000);
        return Database.shared(config, source, "the database " + address);
    }

    /** Outside of the pool: for those who hold on to a connection. */
    private static PGSimpleDataSource source(DatabaseAddress address) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(address.url());
        } catch (IllegalArgumentException e) {
            throw refused(address, "is none that the driver understands", "Give jdbc:postgresql://HOST:PORT/NAME.");
        }
        source.setApplicationName("hone");
        source.setTcpKeepAlive(true);
        address.user().ifPresent(source::setUser);
        secret(address).ifPresent(source::setPassword);
        return source;
    }

    private static Optional<String> secret(DatabaseAddress address) {
        Optional<SecretRef> reference = address.password();
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reference.get().resolve());
        } catch (ConnectorException e) {
            String variable = reference.get().text().substring("env:".length());
            throw refused(
                    address,
                    "has its password in the environment variable " + variable + ", which is not set",
                    "Export " + variable + " before starting.");
        }
    }

    private static LedgerException refused(DatabaseAddress address, String what, String fix) {
        return new LedgerException(
                Problem.of(ProblemCode.LEDGER_FAILED, "the database " + address + " " + what + ".", fix), null);
    }

    /** Makes the one function that H2 has, the first migration needs, and PostgreSQL lacks. */
    static void prepare(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + PREPARING + ")");
            statement.execute("do $$ begin if to_regproc('random_uuid') is null then create function random_uuid()"
                    + " returns uuid language sql as 'select gen_random_uuid()'; end if; end $$");
            connection.commit();
        }
    }
}
