package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.Task;
import dev.hone.engine.ledger.TaskPage;
import dev.hone.engine.ledger.TaskQuery;
import dev.hone.engine.ledger.TaskState;
import java.time.Duration;

/** Who is at which task. Two people do not answer the same question, and what one has begun to write is kept. */
final class Claims {

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int DRAFT = 1_000_000;

    private final Ledger ledger;

    Claims(Ledger ledger) {
        this.ledger = ledger;
    }

    TaskPage tasks(TaskQuery query) {
        Queries.check(query.limit(), query.after());
        if (query.states().isEmpty()) {
            throw Queries.problem(
                    ProblemCode.INPUT_TYPE, "no state is asked for.", "Name at least one, or ask for the open tasks.");
        }
        return Failures.attempt(() -> ledger.tasks(query));
    }

    Task task(String id) {
        return Failures.attempt(() -> ledger.task(id))
                .orElseThrow(() -> Queries.problem(
                        ProblemCode.NOT_FOUND,
                        "there is no task " + id + ".",
                        "List the tasks; a task is named run/step or run/step/iteration."));
    }

    Task claim(String id, String by, Duration term) {
        Operations.checkWho(by);
        if (!term.isPositive() || term.compareTo(LONGEST) > 0) {
            throw Queries.problem(
                    ProblemCode.INPUT_TYPE,
                    "a task cannot be claimed for " + term + ".",
                    "Claim it for up to " + LONGEST.toDays() + " days; a claim can be made longer by claiming again.");
        }
        if (!Failures.attempt(() -> ledger.claim(id, by, ledger.now().plus(term)))) {
            throw refused(id, by);
        }
        return task(id);
    }

    Task release(String id, String by) {
        Operations.checkWho(by);
        Failures.attempt(() -> {
            ledger.release(id, by);
            return id;
        });
        return task(id);
    }

    Task draft(String id, String by, JsonNode draft) {
        Operations.checkWho(by);
        String text = draft.toString();
        if (text.length() > DRAFT) {
            throw Queries.problem(
                    ProblemCode.INPUT_TYPE,
                    "the draft has " + text.length() + " characters.",
                    "Keep at most " + DRAFT + " of them.");
        }
        if (!Failures.attempt(() -> ledger.draft(id, by, text))) {
            throw refused(id, by);
        }
        return task(id);
    }

    /** Why something was not done with a task. */
    private EngineException refused(String id, String by) {
        Task task = task(id);
        return task.claim()
                .filter(claim -> !claim.by().equals(by) && isOpen(task))
                .map(claim -> taken(id, claim))
                .orElseGet(() -> over(task));
    }

    static boolean isOpen(Task task) {
        return task.state() == TaskState.OPEN || task.state() == TaskState.LATE;
    }

    static EngineException taken(String id, Task.Claim claim) {
        return Queries.problem(
                ProblemCode.TASK_CLAIMED,
                "the task " + id + " is claimed by " + claim.by() + " until " + claim.until() + ".",
                "Wait until then, ask for its release, or take another task.");
    }

    static EngineException over(Task task) {
        return Queries.problem(
                ProblemCode.NOT_FOUND,
                "nobody waits for an answer to " + task.step() + " of the run " + task.run() + ".",
                switch (task.state()) {
                    case ANSWERED -> "Somebody has answered; list the open tasks.";
                    case REJECTED -> "Somebody has rejected it; list the open tasks.";
                    case EXPIRED -> "Its time was over, and the run went on; list the open tasks.";
                    case CLOSED -> "The run has ended; list the open tasks.";
                    case OPEN, LATE -> "List the open tasks.";
                });
    }
}
