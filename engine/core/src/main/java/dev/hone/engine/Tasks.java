package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.Task;
import dev.hone.engine.ledger.TaskPage;
import dev.hone.engine.ledger.TaskQuery;
import dev.hone.engine.ledger.TaskState;
import java.time.Duration;

/**
 * The questions of all runs to people, as tasks that somebody takes, and answers or rejects. Two people do not answer the same
 * question, and what one has begun to write is kept. {@link Question#of(Task)} says what a task asks.
 */
public final class Tasks {

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int DRAFT = 1_000_000;

    private final Ledger ledger;
    private final People people;

    Tasks(Ledger ledger, People people) {
        this.ledger = ledger;
        this.people = people;
    }

    /** The tasks that fit a query, oldest first, a page at a time. */
    public TaskPage page(TaskQuery query) {
        Queries.check(query.limit(), query.after());
        if (query.states().isEmpty()) {
            throw Queries.problem(
                    ProblemCode.INPUT_TYPE, "no state is asked for.", "Name at least one, or ask for the open tasks.");
        }
        return Failures.attempt(() -> ledger.tasks(query));
    }

    /** One task. @param id its {@link Task#id} */
    public Task get(String id) {
        return Failures.attempt(() -> ledger.task(id))
                .orElseThrow(() -> Queries.problem(
                        ProblemCode.NOT_FOUND,
                        "there is no task " + id + ".",
                        "List the tasks; a task is named run/step or run/step/iteration."));
    }

    /**
     * Takes a task for somebody, for a time, or makes the time of their claim another one.
     *
     * @param by 1 to 200 characters
     * @param term up to 30 days
     * @throws EngineException when somebody else has claimed it and the claim holds, or no answer to it is taken any more
     */
    public Task claim(String id, String by, Duration term) {
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
        return get(id);
    }

    /** Gives a claim back; without one of theirs nothing changes. */
    public Task release(String id, String by) {
        Operations.checkWho(by);
        Failures.attempt(() -> {
            ledger.release(id, by);
            return id;
        });
        return get(id);
    }

    /**
     * Keeps what somebody has written of an answer so far, in the place of what was kept before.
     *
     * @throws EngineException when somebody else has claimed it and the claim holds, or no answer to it is taken any more
     */
    public Task draft(String id, String by, JsonNode draft) {
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
        return get(id);
    }

    /**
     * Gives somebody's answer to a task.
     *
     * @param answer {@code {rating}}, {@code {choice}}, {@code {text}}, {@code {label}} or {@code {approved}}, as the form asks
     * @param by 1 to 200 characters; the workflow sees that a person answered, not who
     * @throws EngineException when somebody else has claimed it and the claim holds, or no answer to it is taken any more
     */
    public void answer(String id, ObjectNode answer, String by) {
        Operations.checkWho(by);
        Failures.attempt(() -> {
            people.answer(get(id), answer, by);
            return id;
        });
    }

    /**
     * Says that there will be no answer to a task: its run goes on as when the time for it is over.
     *
     * @param because in their own words, at most 2,000 characters; may be empty
     * @throws EngineException when somebody else has claimed it and the claim holds, or no answer to it is taken any more
     */
    public void reject(String id, String by, String because) {
        Operations.checkWho(by);
        Operations.checkWhy(because);
        Failures.attempt(() -> {
            people.reject(get(id), by, because);
            return id;
        });
    }

    /** Why something was not done with a task. */
    private EngineException refused(String id, String by) {
        Task task = get(id);
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
