package dev.hone.engine.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;

/**
 * The end of a run's events, which nobody else moves until the transaction ends.
 *
 * @param seq of the last event, 0 before the first
 * @param now by the clock of the database, where the clocks of several machines could differ
 */
record Tip(long seq, Instant now) {

    /** Writers of one process have taken their turn before; those of several wait here for each other. */
    static Tip of(Database database, Handle handle, String run) {
        lock(database, handle, run);
        if (!database.shared()) {
            long seq = handle.select("select coalesce(max(seq), 0) from event where run = ?", run)
                    .mapTo(Long.class)
                    .one();
            return new Tip(seq, Instant.now().truncatedTo(ChronoUnit.MICROS));
        }
        return handle.select("select coalesce(max(seq), 0) seq, clock_timestamp() now from event where run = ?", run)
                .map((row, context) -> new Tip(
                        row.getLong("seq"),
                        row.getObject("now", OffsetDateTime.class).toInstant()))
                .one();
    }

    /** A statement of its own: only those after it see what the one before in the queue has written. */
    static void lock(Database database, Handle handle, String run) {
        if (database.shared()) {
            var unused = handle.select("select id from run where id = ? for update", run)
                    .mapTo(String.class)
                    .findOne();
        }
    }
}
