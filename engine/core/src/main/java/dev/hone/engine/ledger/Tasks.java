package dev.hone.engine.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What people do with tasks. Called inside a transaction. */
final class Tasks {

    private static final String ALL = "select t.run, t.step, t.iteration, t.tenant, t.workflow, t.state, t.question,"
            + " t.asked_at, t.until, t.claimed_by, t.claimed_until, t.draft from task t";

    private static final String ONE = " run = ? and step = ? and iteration = ?";
    private static final String OPEN = " and state in ('OPEN', 'LATE')";

    private Tasks() {}

    static TaskPage page(Handle handle, TaskQuery query, Instant now) {
        Conditions conditions = new Conditions();
        query.tenant().ifPresent(tenant -> conditions.add("t.tenant = ?", tenant));
        conditions.add(
                "t.state in ("
                        + String.join(", ", Collections.nCopies(query.states().size(), "?")) + ")",
                query.states().stream().map(TaskState::name).toArray());
        query.workflow().ifPresent(workflow -> conditions.add("t.workflow = ?", workflow));
        query.run().ifPresent(run -> conditions.add("t.run = ?", run));
        query.claimedBy()
                .ifPresent(by -> conditions.add("t.claimed_by = ? and t.claimed_until > ?", by, RunRows.utc(now)));
        query.after().flatMap(Cursor::parse).ifPresent(last -> {
            Key key = Key.parse(last.id());
            OffsetDateTime at = RunRows.utc(last.at());
            conditions.add(
                    "t.asked_at >= ? and (t.asked_at > ? or t.run > ? or t.run = ? and (t.step > ? or t.step = ?"
                            + " and t.iteration > ?))",
                    at,
                    at,
                    key.run(),
                    key.run(),
                    key.step(),
                    key.step(),
                    key.iteration());
        });
        List<Task> found = handle.select(
                        ALL + conditions.where() + " order by t.asked_at, t.run, t.step, t.iteration limit ?",
                        conditions.with(query.limit() + 1))
                .map((row, context) -> task(row))
                .list();
        if (found.size() <= query.limit()) {
            return new TaskPage(found, Optional.empty());
        }
        List<Task> page = found.subList(0, query.limit());
        Task last = page.getLast();
        return new TaskPage(page, Optional.of(new Cursor(last.askedAt(), last.id()).text()));
    }

    /** What a task's name consists of. */
    record Key(String run, String step, String iteration) {

        static Key parse(String id) {
            String[] parts = id.split("/", 3);
            return new Key(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
        }
    }

    static Optional<Task> find(Handle handle, Key key) {
        return handle.select(ALL + " where" + ONE, key.run(), key.step(), key.iteration())
                .map((row, context) -> task(row))
                .findOne();
    }

    /** @return false when it is not open, or somebody else's claim holds */
    static boolean claim(Handle handle, Key key, String by, Instant until, Instant now) {
        return handle.execute(
                        "update task set claimed_by = ?, claimed_until = ? where" + ONE + OPEN
                                + " and (claimed_by is null or claimed_by = ? or claimed_until <= ?)",
                        by,
                        RunRows.utc(until),
                        key.run(),
                        key.step(),
                        key.iteration(),
                        by,
                        RunRows.utc(now))
                > 0;
    }

    /** Gives a claim of one's own back, if there is one. */
    static void release(Handle handle, Key key, String by) {
        handle.execute(
                "update task set claimed_by = null, claimed_until = null where" + ONE + " and claimed_by = ?",
                key.run(),
                key.step(),
                key.iteration(),
                by);
    }

    /** @return false when it is not open, or somebody else's claim holds */
    static boolean draft(Handle handle, Key key, String by, String draft, Instant now) {
        return handle.execute(
                        "update task set draft = ? where" + ONE + OPEN
                                + " and (claimed_by is null or claimed_by = ? or claimed_until <= ?)",
                        draft,
                        key.run(),
                        key.step(),
                        key.iteration(),
                        by,
                        RunRows.utc(now))
                > 0;
    }

    /** Locks a task, and says whose claim keeps somebody out. */
    static Optional<Task.Claim> kept(Handle handle, Key key, String by, Instant now) {
        return handle.select(ALL + " where" + ONE + " for update", key.run(), key.step(), key.iteration())
                .map((row, context) -> task(row))
                .findOne()
                .flatMap(Task::claim)
                .filter(claim -> claim.keepsOut(by, now));
    }

    private static Task task(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
        String by = row.getString("claimed_by");
        return new Task(
                row.getString("run"),
                row.getString("step"),
                row.getString("iteration"),
                row.getString("tenant"),
                row.getString("workflow"),
                TaskState.valueOf(row.getString("state")),
                row.getString("question"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(until).map(OffsetDateTime::toInstant),
                by == null
                        ? Optional.empty()
                        : Optional.of(new Task.Claim(
                                by,
                                row.getObject("claimed_until", OffsetDateTime.class)
                                        .toInstant())),
                Optional.ofNullable(row.getString("draft")));
    }
}
