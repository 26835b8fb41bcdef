package dev.hone.engine.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Keeps the file of an H2 database on the disk and small.
 *
 * <p>Each commit is a chunk of some 30 KB in the file, most of which the next commits make worthless. H2 puts what is left of such
 * chunks together, so that their room can be used again, on the thread that writes late, and there is none where every commit is
 * written at once; see {@code docs/adr/0008-the-ledgers-file.md} for what that came to. Room is used again {@link #RETENTION}
 * after it became free; until then the disk has what replaces it, or a power failure would leave neither.
 */
final class Housekeeping implements AutoCloseable {

    /** For how long the file keeps what was replaced: several times {@link #EVERY}. */
    static final Duration RETENTION = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** How full the chunks are to be, in percent. */
    private static final int FULL = 70;

    /** The most to write at a time, in bytes, so that commits do not wait for long. */
    private static final int PORTION = 4 << 20;

    private static final int PORTIONS = 10;

    private final DataSource connections;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Works until it is closed. */
    Housekeeping(DataSource connections) {
        this.connections = connections;
        this.thread = Thread.ofPlatform().daemon().name("hone-ledger-file").start(this::work);
    }

    private void work() {
        try {
            for (boolean failing = false; !closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS); ) {
                try (Connection connection = connections.getConnection()) {
                    tidy(connection);
                    failing = false;
                } catch (SQLException | MVStoreException e) { // a full disk, which whoever writes next hears of
                    LOG.log(
                            failing ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                            "the ledger's file is not tidied, for now",
                            e);
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tidy(Connection connection) throws SQLException {
        connection.createStatement().execute("checkpoint sync");
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        MVStore file = session.getDatabase().getStore().getMvStore();
        for (int portion = 0; portion < PORTIONS && closed.getCount() > 0; portion++) {
            if (!file.compact(FULL, PORTION)) {
                return;
            }
        }
    }

    /** Returns when it has stopped. Its thread is not interrupted: that would close the file under H2. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
