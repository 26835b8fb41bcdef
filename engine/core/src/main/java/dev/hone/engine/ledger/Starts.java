package dev.hone.engine.ledger;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Who starts a run. Whoever makes or resumes one has a claim on it; a claim that has become old is taken by somebody else. The
 * clock is the database's. Called inside a transaction.
 */
final class Starts {

    private static final String UNSTARTED = "started = false and finished = false and state <> 'PAUSED'"
            + " and (claimed_at is null or claimed_at <= current_timestamp - interval '%d' second)";

    /** How many are claimed at a time. */
    private static final int MOST = 100;

    private final String node;

    /** @param node names this process */
    Starts(String node) {
        this.node = node;
    }

    void happened(Handle handle, RunEvent event) {
        switch (event.kind()) {
            case RUN_STARTED -> started(handle, event.run());
            case RUN_RESUMED -> begin(handle, event.run());
            default -> {}
        }
    }

    /** A run that this process is about to start. */
    void begin(Handle handle, String run) {
        handle.execute(
                "update run set started = false, claimed_by = ?, claimed_at = current_timestamp where id = ?",
                node,
                run);
    }

    int started(Handle handle, String run) {
        return handle.execute("update run set started = true where id = ? and started = false", run);
    }

    /** The runs that nobody else is about to start: their claims are as old as that. */
    List<String> unclaimed(Handle handle, Duration age) {
        return handle.select(
                        "select id from run where " + UNSTARTED.formatted(age.toSeconds())
                                + " order by created_at, id limit ?",
                        MOST)
                .mapTo(String.class)
                .list();
    }

    /** @return false when somebody else was quicker */
    boolean claim(Handle handle, String run, Duration age) {
        return handle.execute(
                        "update run set claimed_by = ?, claimed_at = current_timestamp where id = ? and "
                                + UNSTARTED.formatted(age.toSeconds()),
                        node,
                        run)
                > 0;
    }

    /** A run that this process has claimed and could not start. */
    int unclaim(Handle handle, String run) {
        return handle.execute(
                "update run set claimed_by = null, claimed_at = null where id = ? and claimed_by = ? and started = false",
                run,
                node);
    }
}
