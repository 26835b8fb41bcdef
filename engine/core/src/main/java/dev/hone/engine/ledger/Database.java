package dev.hone.engine.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.JavaMigration;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The connection pool of the ledger's database, and its one way to fail. Thread-safe; every method throws {@link
 * LedgerException} when the database fails.
 */
public final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int CONNECTIONS_ABROAD = 16;

    /** How often a transaction is done again that met another one. */
    private static final int TRIES = 20;

    /** The most to wait before it, in milliseconds, for each time that it was done. */
    private static final int PAUSE = 5;

    /** Of transactions that met another one: a key that it was quicker with, a deadlock, a change since the snapshot. */
    private static final Set<String> MET = Set.of("23505", "40001", "40P01");

    private final ExecutorService threads;
    private final HikariDataSource pool;
    private final DataSource direct;
    private final Jdbi jdbi;
    private final String place;
    private final boolean shared;
    private final Optional<Housekeeping> housekeeping;

    private Database(
            HikariDataSource pool,
            DataSource direct,
            String place,
            boolean shared,
            Optional<Housekeeping> housekeeping) {
        this.threads = Executors.newFixedThreadPool(
                pool.getMaximumPoolSize(),
                Thread.ofPlatform().daemon().name("hone-ledger-", 1).factory());
        this.pool = pool;
        this.direct = direct;
        this.jdbi = Jdbi.create(pool);
        this.place = place;
        this.shared = shared;
        this.housekeeping = housekeeping;
    }

    static Database memory(String name) {
        return h2("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "memory");
    }

    /** @param place for messages */
    static Database h2(String url, String place) {
        HikariDataSource pool = h2Pool(url, place);
        return migrated(new Database(pool, pool, place, false, Optional.empty()));
    }

    /** The same in a file that is kept small. */
    static Database h2File(String url, String place) {
        HikariDataSource pool = h2Pool(url, place);
        return migrated(new Database(pool, pool, place, false, Optional.of(new Housekeeping(pool))));
    }

    private static HikariDataSource h2Pool(String url, String place) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        return pool(config, place);
    }

    /**
     * One that other processes write, too.
     *
     * @param direct gives connections that are not the pool's
     */
    static Database shared(HikariConfig config, DataSource direct, String place) {
        config.setMaximumPoolSize(CONNECTIONS_ABROAD);
        HikariDataSource pool = pool(config, place);
        Database database = new Database(pool, direct, place, true, Optional.empty());
        try {
            PostgresDatabase.prepare(direct);
        } catch (SQLException e) {
            database.close();
            throw database.failure("opened", e);
        }
        return migrated(database);
    }

    private static HikariDataSource pool(HikariConfig config, String place) {
        config.setPoolName("hone-ledger");
        config.setInitializationFailTimeout(1);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw failure("opened", place, config.getDataSource() != null, e);
        }
    }

    private static Database migrated(Database database) {
        try {
            database.migrate("dev/hone/engine/ledger", "flyway_schema_history", Backfill.OPERATION);
        } catch (LedgerException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /**
     * Brings tables up to date, those of the ledger itself or of somebody who keeps theirs beside it. Processes that do so at
     * the same time take turns.
     *
     * @param location a folder of the class path with files {@code V1__name.sql}, in SQL that H2 and PostgreSQL understand
     * @param history the table that says which of them were done; another one for each location
     */
    public void migrate(String location, String history) {
        migrate(location, history, new JavaMigration[0]);
    }

    private void migrate(String location, String history, JavaMigration... others) {
        try {
            Flyway.configure()
                    .dataSource(direct)
                    .locations("classpath:" + location)
                    .javaMigrations(others)
                    .table(history)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw failure("opened", e);
        }
    }

    /** Whether other processes write it, too. */
    public boolean shared() {
        return shared;
    }

    /** Where it is, for messages: a directory, or {@code the database postgresql://host:port/name}. */
    public String place() {
        return place;
    }

    /** A connection that is not the pool's and is the caller's to close. */
    java.sql.Connection connection() throws SQLException {
        return direct.getConnection();
    }

    /**
     * Does all of the work or nothing. It is done again when it met another transaction: what it inserts unless it is there is
     * there then.
     *
     * @param work may be called several times
     */
    public <T> T transaction(HandleCallback<T, RuntimeException> work) {
        try {
            return apart(() -> again(work));
        } catch (JdbiException | RejectedExecutionException e) {
            throw failure("written", e);
        }
    }

    private <T> T again(HandleCallback<T, RuntimeException> work) {
        for (int tries = 1; ; tries++) {
            try {
                return jdbi.inTransaction(work);
            } catch (JdbiException e) {
                if (tries == TRIES || !MET.contains(state(e))) {
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L * tries * PAUSE));
            }
        }
    }

    /** Asks without changing anything. */
    public <T> T read(HandleCallback<T, RuntimeException> work) {
        try {
            return apart(() -> jdbi.withHandle(work));
        } catch (JdbiException | RejectedExecutionException e) {
            throw failure("read", e);
        }
    }

    /**
     * On a thread that nobody interrupts. Callers are interrupted, when the engine closes; an interrupt during file access
     * closes the file under the database, for everybody.
     */
    private <T> T apart(Supplier<T> work) {
        Future<T> result = threads.submit(work::get);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Optional<SQLException> sql(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    private static String state(Throwable e) {
        return sql(e).map(SQLException::getSQLState).orElse("");
    }

    private LedgerException failure(String what, Exception e) {
        return failure(what, place, shared, e);
    }

    private static LedgerException failure(String what, String place, boolean shared, Exception e) {
        if (sql(e).map(SQLException::getErrorCode).orElse(0) == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return new LedgerException(
                    Problem.of(
                            ProblemCode.DATA_DIR_IN_USE,
                            "the data directory " + place + " is in use by another process.",
                            "Stop that process, or choose another data directory."),
                    e);
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String fix = shared
                ? "Make sure that the database can be reached, that its user may make tables in it and that its disk has"
                        + " room"
                : "Make sure that the directory is writable and its disk has room";
        return new LedgerException(
                Problem.of(
                        ProblemCode.LEDGER_FAILED,
                        "the ledger in " + place + " cannot be " + what + ": " + root.getMessage() + ".",
                        fix + ", then start again: runs go on where they were."),
                e);
    }

    @Override
    public void close() {
        threads.close();
        housekeeping.ifPresent(Housekeeping::close);
        pool.close();
    }
}
