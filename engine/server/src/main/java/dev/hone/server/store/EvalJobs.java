package dev.hone.server.store;

import dev.hone.engine.ledger.Database;
import dev.hone.server.store.EvalJob.State;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The evaluations of all tenants, which the nodes of a cluster share among themselves: each is worked on by one. */
@Singleton
public final class EvalJobs {

    private static final String SELECT =
            "select id, tenant, workflow, version, request, state, round, progress, problems,"
                    + " created_by, created_at, ended_at from eval_job";

    /** Nobody works on it, or who did has not said so for long. One that was cancelled is still to be cleared away. */
    private static final String FREE = " where node is null and state in ('QUEUED', 'RUNNING')"
            + " or node is not null and lease_until < ? and state in ('QUEUED', 'RUNNING', 'CANCELLED')";

    private final Database database;

    EvalJobs(Database database) {
        this.database = database;
    }

    public void add(EvalJob job) {
        database.transaction(handle -> handle.execute(
                "insert into eval_job (id, tenant, workflow, version, request, state, round, created_by, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                job.id(),
                job.tenant(),
                job.workflow(),
                job.version(),
                job.request(),
                job.state().name(),
                job.round(),
                job.createdBy(),
                Columns.utc(job.createdAt())));
    }

    /** One of a tenant. */
    public Optional<EvalJob> find(String tenant, String id) {
        return database.read(handle -> handle.select(SELECT + " where id = ? and tenant = ?", id, tenant)
                .map((row, context) -> job(row))
                .findOne());
    }

    /** Those of a tenant, newest first. @param after the last one that is known; the start when it names none */
    public List<EvalJob> list(String tenant, Optional<String> after, int limit) {
        Optional<EvalJob> last = after.flatMap(id -> find(tenant, id));
        return database.read(handle -> last.isEmpty()
                ? handle.select(SELECT + " where tenant = ? order by created_at desc, id desc limit ?", tenant, limit)
                        .map((row, context) -> job(row))
                        .list()
                : handle.select(
                                SELECT + " where tenant = ? and (created_at < ? or created_at = ? and id < ?)"
                                        + " order by created_at desc, id desc limit ?",
                                tenant,
                                Columns.utc(last.get().createdAt()),
                                Columns.utc(last.get().createdAt()),
                                last.get().id(),
                                limit)
                        .map((row, context) -> job(row))
                        .list());
    }

    /** How many of a tenant have not ended. */
    public int open(String tenant) {
        return database.read(handle -> handle.select(
                        "select count(*) from eval_job where tenant = ? and state in ('QUEUED', 'RUNNING')", tenant)
                .mapTo(Integer.class)
                .one());
    }

    /** What a job that is done has measured, the text of a {@code measured.json}. */
    public Optional<String> measured(String id) {
        return database.read(handle -> handle.select("select measured from eval_job where id = ?", id)
                .map((row, context) -> Optional.ofNullable(row.getString("measured")))
                .findOne()
                .flatMap(text -> text));
    }

    /** @return false when it had ended */
    public boolean cancel(String id, Instant now) {
        return database.transaction(handle -> handle.execute(
                        "update eval_job set state = 'CANCELLED', ended_at = ? where id = ?"
                                + " and state in ('QUEUED', 'RUNNING')",
                        Columns.utc(now),
                        id)
                == 1);
    }

    /** Lets one go on that was cancelled or has failed. @return false for any other */
    public boolean resume(String id) {
        return database.transaction(handle -> handle.execute(
                        "update eval_job set state = 'QUEUED', round = round + 1, ended_at = null, problems = null"
                                + " where id = ? and state in ('CANCELLED', 'FAILED')",
                        id)
                == 1);
    }

    // --- for the nodes

    /** Nobody else has this database: what a process of before was at is free at once. */
    public void freeAll() {
        if (!database.shared()) {
            database.transaction(handle ->
                    handle.execute("update eval_job set node = null, lease_until = null where node is not null"
                            + " and state in ('QUEUED', 'RUNNING')"));
            database.transaction(handle -> handle.execute(
                    "update eval_job set lease_until = created_at where node is not null and state = 'CANCELLED'"));
        }
    }

    /** Takes the oldest one that is free. One that was cancelled stays so: only its runs are to be ended. */
    public Optional<EvalJob> claim(String node, Instant now, Duration lease) {
        return database.transaction(handle -> {
            Optional<EvalJob> free = handle.select(
                            SELECT + FREE + " order by created_at limit 1 for update skip locked", Columns.utc(now))
                    .map((row, context) -> job(row))
                    .findOne();
            free.ifPresent(job -> handle.execute(
                    "update eval_job set node = ?, lease_until = ?,"
                            + " state = case when state = 'CANCELLED' then state else 'RUNNING' end where id = ?",
                    node,
                    Columns.utc(now.plus(lease)),
                    job.id()));
            return free;
        });
    }

    /** Whether a job is still a node's. */
    public enum Hold {
        HELD,
        /** It is the node's, who is to end it. */
        ENDED,
        /** Another node has it. */
        LOST
    }

    /** Says that a node is at it, and how far it is. @param progress as JSON; what was said before when empty */
    public Hold renew(String node, EvalJob job, Optional<String> progress, Instant until) {
        return database.transaction(handle -> {
            int held = handle.execute(
                    "update eval_job set lease_until = ?, progress = coalesce(?, progress) where id = ? and node = ?"
                            + " and round = ? and state = 'RUNNING'",
                    Columns.utc(until),
                    progress.orElse(null),
                    job.id(),
                    node,
                    job.round());
            return held == 1 ? Hold.HELD : isOf(handle, node, job.id()) ? Hold.ENDED : Hold.LOST;
        });
    }

    private static boolean isOf(Handle handle, String node, String id) {
        return handle.select("select 1 from eval_job where id = ? and node = ?", id, node)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Ends a job that a node has, unless it was ended or resumed meanwhile. @param measured the text of a {@code measured.json} */
    public void done(String node, EvalJob job, String measured, String progress, Instant now) {
        database.transaction(handle -> handle.execute(
                "update eval_job set state = 'DONE', measured = ?, progress = ?, ended_at = ? where id = ? and node = ?"
                        + " and round = ? and state = 'RUNNING'",
                measured,
                progress,
                Columns.utc(now),
                job.id(),
                node,
                job.round()));
    }

    /** The same for one that cannot go on. @param problems a JSON list */
    public void failed(String node, EvalJob job, String problems, Instant now) {
        database.transaction(handle -> handle.execute(
                "update eval_job set state = 'FAILED', problems = ?, ended_at = ? where id = ? and node = ?"
                        + " and round = ? and state = 'RUNNING'",
                problems,
                Columns.utc(now),
                job.id(),
                node,
                job.round()));
    }

    /** A node is no longer at it. */
    public void release(String node, String id) {
        database.transaction(handle -> handle.execute(
                "update eval_job set node = null, lease_until = null where id = ? and node = ?", id, node));
    }

    private static EvalJob job(ResultSet row) throws SQLException {
        return new EvalJob(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("workflow"),
                row.getInt("version"),
                row.getString("request"),
                State.valueOf(row.getString("state")),
                row.getInt("round"),
                Optional.ofNullable(row.getString("progress")),
                Optional.ofNullable(row.getString("problems")),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                Columns.perhaps(row, "ended_at"));
    }
}
