package dev.hone.engine.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The connection pool and its one way to fail. */
final class Database implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Database.class.getName());
    private static final int CONNECTIONS = 8;
    private static final String NAME = "ledger";

    /** What the name of a database begins with that is not whole yet. */
    private static final String UNFINISHED = "ledger.new-";

    private static final String ENDING = ".mv.db";

    private final ExecutorService threads = Executors.newFixedThreadPool(
            CONNECTIONS, Thread.ofPlatform().daemon().name("hone-ledger-", 1).factory());
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
        Path whole = directory.toAbsolutePath().normalize();
        if (!isIn(whole)) {
            make(whole);
        }
        Database database = open(url(whole.resolve(NAME)), directory.toString());
        clear(whole);
        return database;
    }

    /** A database comes to its place only when it is whole: H2 keeps each of its first tables as soon as it is made. */
    private static void make(Path directory) {
        Path name = directory.resolve(UNFINISHED + UUID.randomUUID());
        open(url(name), directory.toString()).close();
        try {
            Files.move(directory.resolve(name + ENDING), directory.resolve(NAME + ENDING));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "another process made it meanwhile", e);
        }
    }

    /** Away with what killed processes left half made. */
    private static void clear(Path directory) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, UNFINISHED + "*")) {
            for (Path one : left) {
                Files.deleteIfExists(one);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "half-made ledgers are left", e);
        }
    }

    private static String url(Path file) {
        return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }

    static boolean isIn(Path directory) {
        return Files.exists(directory.resolve(NAME + ENDING));
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
                    .javaMigrations(Backfill.OPERATION)
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
            return apart(() -> jdbi.inTransaction(work));
        } catch (JdbiException | RejectedExecutionException e) {
            throw failure("written", place, e);
        }
    }

    <T> T read(HandleCallback<T, RuntimeException> work) {
        try {
            return apart(() -> jdbi.withHandle(work));
        } catch (JdbiException | RejectedExecutionException e) {
            throw failure("read", place, e);
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
        threads.close();
        pool.close();
    }
}
