package dev.hone.engine.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The connection pool and its one way to fail. */
final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final String place;

    private Database(HikariDataSource pool, String place) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.place = place;
    }

    /**
     * Opens or makes the database of a directory. {@code WRITE_DELAY=0} puts every commit into the file before it is
     * acknowledged, so that it outlives the process; H2 keeps no trace file, as every failure reaches the caller.
     */
    static Database file(Path directory) {
        Path file = directory.toAbsolutePath().normalize().resolve("ledger");
        return open(
                "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
                directory.toString());
    }

    static Database memory(String name) {
        return open("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "memory");
    }

    private static Database open(String url, String place) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setInitializationFailTimeout(1);
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw failure("opened", place, e);
        }
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:dev/hone/engine/ledger")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            pool.close();
            throw failure("opened", place, e);
        }
        return new Database(pool, place);
    }

    <T> T transaction(HandleCallback<T, RuntimeException> work) {
        try {
            return jdbi.inTransaction(work);
        } catch (JdbiException e) {
            throw failure("written", place, e);
        }
    }

    <T> T read(HandleCallback<T, RuntimeException> work) {
        try {
            return jdbi.withHandle(work);
        } catch (JdbiException e) {
            throw failure("read", place, e);
        }
    }

    private static LedgerException failure(String what, String place, RuntimeException e) {
        Throwable root = e;
        int code = 0;
        for (Throwable t = e; t != null; t = t.getCause()) {
            root = t;
            if (t instanceof java.sql.SQLException sql && code == 0) {
                code = sql.getErrorCode();
            }
        }
        if (code == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return new LedgerException(
                    Problem.of(
                            ProblemCode.DATA_DIR_IN_USE,
                            "the data directory " + place + " is in use by another process.",
                            "Stop that process, or choose another data directory."),
                    e);
        }
        return new LedgerException(
                Problem.of(
                        ProblemCode.LEDGER_FAILED,
                        "the ledger in " + place + " cannot be " + what + ": " + root.getMessage() + ".",
                        "Make sure that the directory is writable and its disk has room, then start again: runs go on"
                                + " where they were."),
                e);
    }

    @Override
    public void close() {
        pool.close();
    }
}
