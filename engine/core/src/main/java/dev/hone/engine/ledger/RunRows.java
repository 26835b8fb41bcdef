package dev.hone.engine.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What lists say of runs, written with their events. Called inside a transaction. */
final class RunRows {

    private static final int NAME = 100;
    private static final int VALUE = 200;
    private static final int WHY = 1_000;

    private static final String COLUMNS = "r.id, r.tenant, r.workflow, r.program, r.created_at, r.state, r.stop,"
            + " r.stop_text, r.ended_at, r.replay_of, r.fork_of";

    private RunRows() {}

    /** A run with what follows from its setup. */
    static boolean create(Handle handle, RunRecord run, Optional<RequestKey> key) {
        Setup setup = Setup.of(run.setup());
        handle.execute(
                "insert into run (id, workflow, program, setup, created_at, finished, tenant, replay_of, fork_of,"
                        + " request_key, request) values (?, ?, ?, ?, ?, false, ?, ?, ?, ?, ?)",
                run.id(),
                run.workflow(),
                run.program(),
                run.setup(),
                utc(run.createdAt()),
                setup.tenant(),
                setup.replayOf().orElse(null),
                setup.forkOf().orElse(null),
                key.map(RequestKey::key).orElse(null),
                key.map(RequestKey::request).orElse(null));
        label(handle, run.id(), run.createdAt(), setup);
        return true;
    }

    /** What follows from the setup of a run that is there. */
    static void describe(Handle handle, String run, Instant createdAt, Setup setup) {
        handle.execute(
                "update run set tenant = ?, replay_of = ?, fork_of = ? where id = ?",
                setup.tenant(),
                setup.replayOf().orElse(null),
                setup.forkOf().orElse(null),
                run);
        label(handle, run, createdAt, setup);
    }

    private static void label(Handle handle, String run, Instant createdAt, Setup setup) {
        Map<String, String> labels = new TreeMap<>(); // of two names that begin alike, one
        setup.labels().forEach((name, value) -> labels.put(name(name), Setup.cut(value, VALUE)));
        labels.forEach((name, value) -> handle.execute(
                "insert into run_label (run, name, label, tenant, created_at) values (?, ?, ?, ?, ?)",
                run,
                name,
                value,
                setup.tenant(),
                utc(createdAt)));
    }

    /** The run of a tenant's key. */
    static Optional<KeyedRun> keyed(Handle handle, String tenant, String key) {
        return handle.select("select id, request from run where tenant = ? and request_key = ?", tenant, key)
                .map((row, context) -> new KeyedRun(row.getString("id"), row.getString("request")))
                .findOne();
    }

    /** What follows from an event. */
    static void happened(Handle handle, RunEvent event) {
        TaskRows.happened(handle, event);
        String run = event.run();
        switch (event.kind()) {
            case RUN_FINISHED -> finished(handle, event);
            case RUN_RESUMED -> {
                handle.execute(
                        "update run set finished = false, state = ?, stop = null, stop_text = null, ended_at = null"
                                + " where id = ?",
                        RunPhase.RUNNING.name(),
                        run);
                wait(handle, run);
            }
            case RUN_PAUSED ->
                handle.execute(
                        "update run set state = ? where id = ? and finished = false", RunPhase.PAUSED.name(), run);
            case QUESTION -> wait(handle, run);
            case ANSWERED -> goOn(handle, run);
            case OUTPUT, SKIPPED -> {
                if (TaskRows.takes(event)) {
                    goOn(handle, run);
                }
            }
            case RUN_STARTED,
                    BUDGET_RAISED,
                    CALLED,
                    POOLED,
                    MAPPED,
                    ROUND,
                    DECIDED,
                    PROBLEM,
                    STOPPING,
                    MEASURED,
                    TRAINING,
                    TOLD -> {}
        }
    }

    private static void finished(Handle handle, RunEvent event) {
        JsonNode stop = Setup.read(event.body()).path("stop");
        String why = stop.path("text").textValue();
        handle.execute(
                "update run set finished = true, state = ?, stop = ?, stop_text = ?, ended_at = ? where id = ?",
                RunPhase.FINISHED.name(),
                stop.path("kind").textValue(),
                why == null ? null : Setup.cut(why, WHY),
                utc(event.at()),
                event.run());
    }

    private static void wait(Handle handle, String run) {
        handle.execute(
                "update run set state = 'WAITING' where id = ? and state = 'RUNNING'"
                        + " and exists (select 1 from task where run = ? and state = 'OPEN')",
                run,
                run);
    }

    private static void goOn(Handle handle, String run) {
        handle.execute(
                "update run set state = 'RUNNING' where id = ? and state = 'WAITING'"
                        + " and not exists (select 1 from task where run = ? and state = 'OPEN')",
                run,
                run);
    }

    // --- lists

    static RunPage page(Handle handle, RunQuery query) {
        Conditions conditions = new Conditions();
        Map<String, String> labels = new TreeMap<>(query.labels());
        boolean byLabel = !labels.isEmpty();
        // The table that is gone through in its order: that of the labels, whose index has it, too.
        String lead = byLabel ? "l" : "r";
        if (byLabel) {
            String first = labels.keySet().iterator().next();
            conditions.add("l.name = ?", Setup.cut(first, NAME));
            conditions.add("l.label = ?", Setup.cut(String.valueOf(labels.remove(first)), VALUE));
        }
        labels.forEach((name, value) -> conditions.add(
                "exists (select 1 from run_label o where o.run = r.id and o.name = ? and o.label = ?)",
                Setup.cut(name, NAME),
                Setup.cut(value, VALUE)));
        query.tenant().ifPresent(tenant -> conditions.add(lead + ".tenant = ?", tenant));
        query.workflow().ifPresent(workflow -> conditions.add("r.workflow = ?", workflow));
        query.phase().ifPresent(phase -> conditions.add("r.state = ?", phase.name()));
        query.stop().ifPresent(stop -> conditions.add("r.stop = ?", stop));
        query.createdFrom().ifPresent(from -> conditions.add(lead + ".created_at >= ?", utc(from)));
        query.createdBefore().ifPresent(end -> conditions.add(lead + ".created_at < ?", utc(end)));
        String id = byLabel ? "l.run" : "r.id";
        query.after()
                .flatMap(Cursor::parse)
                .ifPresent(last -> conditions.add(
                        lead + ".created_at <= ? and (" + lead + ".created_at < ? or " + id + " < ?)",
                        utc(last.at()),
                        utc(last.at()),
                        last.id()));
        List<RunSummary> found = handle.select(
                        "select " + COLUMNS + " from "
                                + (byLabel ? "run_label l join run r on r.id = l.run" : "run r")
                                + conditions.where()
                                + " order by " + lead + ".created_at desc, " + id + " desc limit ?",
                        conditions.with(query.limit() + 1))
                .map((row, context) -> summary(row))
                .list();
        boolean more = found.size() > query.limit();
        List<RunSummary> page = withSpent(handle, more ? found.subList(0, query.limit()) : found);
        return new RunPage(
                page,
                more
                        ? Optional.of(new Cursor(
                                        page.getLast().createdAt(),
                                        page.getLast().id())
                                .text())
                        : Optional.empty());
    }

    static Optional<RunSummary> find(Handle handle, String run) {
        List<RunSummary> found = handle.select("select " + COLUMNS + " from run r where r.id = ?", run)
                .map((row, context) -> summary(row))
                .list();
        return withSpent(handle, found).stream().findFirst();
    }

    /** A label's name as it is kept. */
    static String name(String label) {
        return Setup.cut(label, NAME);
    }

    /** What {@code like} finds values by that begin so. */
    static String beginning(String prefix) {
        return Setup.cut(prefix, VALUE).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    private static RunSummary summary(ResultSet row) throws SQLException {
        return new RunSummary(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("workflow"),
                row.getString("program"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                RunPhase.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("stop")),
                Optional.ofNullable(row.getString("stop_text")),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Spent.NOTHING,
                Optional.ofNullable(row.getString("replay_of")),
                Optional.ofNullable(row.getString("fork_of")));
    }

    private static List<RunSummary> withSpent(Handle handle, List<RunSummary> runs) {
        if (runs.isEmpty()) {
            return runs;
        }
        Map<String, Spent> spent = new HashMap<>();
        handle.createQuery("select run, sum(calls) c, sum(input_tokens + output_tokens) t, sum(micro_usd) m from spend"
                        + " where run in (<runs>) group by run")
                .bindList("runs", runs.stream().map(RunSummary::id).toList())
                .map((row, context) -> spent.put(
                        row.getString("run"), new Spent(row.getLong("c"), row.getLong("t"), row.getLong("m"))))
                .list();
        return runs.stream()
                .map(run -> new RunSummary(
                        run.id(),
                        run.tenant(),
                        run.workflow(),
                        run.program(),
                        run.createdAt(),
                        run.phase(),
                        run.stop(),
                        run.why(),
                        run.endedAt(),
                        spent.getOrDefault(run.id(), Spent.NOTHING),
                        run.replayOf(),
                        run.forkOf()))
                .toList();
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
