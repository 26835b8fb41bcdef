package dev.hone.engine.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells the other processes on a database what was written, and hears from them. What is told in a transaction is heard after
 * its commit, or never if it has none. Hearing has a connection of its own, which is opened anew when it breaks.
 */
final class Announcements implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Announcements.class.getName());

    /** How long nothing is heard before the connection is tried, in milliseconds. */
    private static final int SILENCE = 5_000;

    private static final int PATIENCE = 10_000;
    private static final int LONGEST_PAUSE = 5_000;

    private static final String CANCELLING = "CANCELLING";

    private final Database database;
    private final String channel;
    private final String node;
    private final Consumer<News> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection open;

    /**
     * @param ledger whose events are told; others may be in the same database
     * @param node names this process, which does not hear itself
     */
    Announcements(Database database, String ledger, String node, Consumer<News> listener) {
        this.database = database;
        this.channel = "hone_" + ledger.replace("-", "");
        this.node = node;
        this.listener = listener;
        Thread.ofPlatform().daemon().name("hone-news").start(this::hear);
    }

    /** In the transaction that writes the events. */
    void written(Handle handle, String run, List<RunEvent> events) {
        if (!events.isEmpty()) {
            tell(
                    handle,
                    run,
                    events.stream().map(event -> event.kind().name()).distinct().collect(Collectors.joining(",")));
        }
    }

    void cancelling(Handle handle, String run) {
        tell(handle, run, CANCELLING);
    }

    private void tell(Handle handle, String run, String what) {
        var unused = handle.select("select pg_notify(?, ?)", channel, node + " " + run + " " + what)
                .mapTo(String.class)
                .list();
    }

    private void hear() {
        try {
            for (int pause = 100; closed.getCount() > 0; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
                long since = System.nanoTime();
                try (Connection connection = database.connection()) {
                    open = connection;
                    listen(connection);
                } catch (SQLException e) {
                    LOG.log(
                            System.Logger.Level.DEBUG,
                            () -> "nothing is heard of other processes for " + database.place() + ", for now",
                            e);
                }
                if (System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE)) {
                    pause = 100; // it was a good one
                }
                var unused = closed.await(pause, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, PATIENCE);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + channel);
            say(new News.Missed());
            PGConnection postgres = connection.unwrap(PGConnection.class);
            while (closed.getCount() > 0) {
                PGNotification[] told = postgres.getNotifications(SILENCE);
                if (told == null || told.length == 0) {
                    statement.execute("select 1");
                } else {
                    for (PGNotification one : told) {
                        heard(one.getParameter());
                    }
                }
            }
        }
    }

    private void heard(String text) {
        String[] words = text.split(" ");
        if (words.length != 3 || words[0].equals(node)) {
            return;
        }
        if (words[2].equals(CANCELLING)) {
            say(new News.Cancelling(words[1]));
            return;
        }
        Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        Set<String> names = Set.of(words[2].split(","));
        Arrays.stream(EventKind.values())
                .filter(kind -> names.contains(kind.name()))
                .forEach(kinds::add); // a newer version may tell of others
        say(new News.Written(words[1], kinds));
    }

    private void say(News news) {
        try {
            listener.accept(news);
        } catch (RuntimeException e) {
            if (closed.getCount() > 0) {
                LOG.log(System.Logger.Level.WARNING, "what another process did was not heeded: " + news, e);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Connection last = open;
        if (last != null) {
            try {
                last.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "the connection was gone", e);
            }
        }
    }
}
