package dev.hone.engine.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The questions to people, written with the events of their runs. Called inside a transaction. */
final class TaskRows {

    /** The place where an answer, and what the run made of it, are written. */
    private static final String TAKE = ".take";

    private static final String ASK = ".ask";

    private TaskRows() {}

    /** What follows from an event of a run. A replay asks nobody. */
    static void happened(Handle handle, RunEvent event) {
        switch (event.kind()) {
            case QUESTION -> asked(handle, event);
            case ANSWERED -> {
                boolean rejected = Setup.read(event.body()).has("rejected");
                update(handle, event, (rejected ? TaskState.REJECTED : TaskState.ANSWERED).name());
            }
            case OUTPUT, SKIPPED -> {
                if (takes(event)) {
                    taken(handle, event);
                }
            }
            case RUN_FINISHED ->
                handle.execute(
                        "update task set state = ? where run = ? and state in ('OPEN', 'LATE')",
                        TaskState.CLOSED.name(),
                        event.run());
            case RUN_RESUMED ->
                handle.execute(
                        "update task set state = case when taken then 'LATE' else 'OPEN' end where run = ? and state = ?",
                        event.run(),
                        TaskState.CLOSED.name());
            case RUN_STARTED,
                    RUN_PAUSED,
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

    /** Whether an output is what a run made of a question. */
    static boolean takes(RunEvent event) {
        return event.element().endsWith(TAKE);
    }

    private static void asked(Handle handle, RunEvent event) {
        JsonNode question = Setup.read(event.body());
        Instant at = event.at();
        @Nullable
        Instant until = Optional.of(question.path("seconds"))
                .filter(JsonNode::isNumber)
                .map(seconds ->
                        at.plusMillis(seconds.decimalValue().movePointRight(3).longValue()))
                .orElse(null);
        handle.execute(
                "insert into task (run, step, iteration, tenant, workflow, state, taken, question, asked_at, until)"
                        + " select id, ?, ?, tenant, workflow, 'OPEN', false, ?, ?, ? from run"
                        + " where id = ? and replay_of is null",
                step(event, ASK),
                event.iteration(),
                event.body(),
                RunRows.utc(at),
                until == null ? null : RunRows.utc(until),
                event.run());
    }

    /** The run goes on: without an answer, unless one was given. */
    private static void taken(Handle handle, RunEvent event) {
        handle.execute(
                "update task set taken = true, state = case when state <> 'OPEN' then state when ? then 'LATE'"
                        + " else 'EXPIRED' end where run = ? and step = ? and iteration = ?",
                late(handle, event),
                event.run(),
                step(event, TAKE),
                event.iteration());
    }

    /** Whether an answer is still welcome when the run no longer waits. */
    private static boolean late(Handle handle, RunEvent event) {
        return handle.select(
                        "select question from task where run = ? and step = ? and iteration = ?",
                        event.run(),
                        step(event, TAKE),
                        event.iteration())
                .mapTo(String.class)
                .findOne()
                .filter(question -> Setup.read(question).path("late").asBoolean())
                .isPresent();
    }

    private static void update(Handle handle, RunEvent event, String state) {
        handle.execute(
                "update task set state = ?, draft = null where run = ? and step = ? and iteration = ?",
                state,
                event.run(),
                step(event, TAKE),
                event.iteration());
    }

    private static String step(RunEvent event, String ending) {
        String element = event.element();
        return element.endsWith(ending) ? element.substring(0, element.length() - ending.length()) : element;
    }
}
