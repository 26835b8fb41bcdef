package dev.hone.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.EngineException;
import dev.hone.engine.LiveText;
import dev.hone.engine.Question;
import dev.hone.engine.RunResult;
import dev.hone.engine.ledger.RunEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * What one who waits for runs needs of whoever drives them. Every method throws {@link EngineException} with what cannot be
 * done, in the same words wherever the runs are.
 */
public interface Runs {

    /** A run as it started. @param workflow its name */
    record Run(String id, String workflow, Instant createdAt) {}

    Run run(String run);

    /** The newest run with this label. */
    Optional<Run> newest(String label, String value);

    /** What happened so far, in order. */
    List<RunEvent> events(String run);

    /** The end of a run, if it has ended. */
    Optional<RunResult> result(String run);

    /**
     * Tells of everything that has happened in a run, in order, and then of what happens.
     *
     * @return withdraws the listener
     */
    Runnable watch(String run, Consumer<RunEvent> listener);

    /**
     * Tells what the models of a run write while they write it, from any thread.
     *
     * @return withdraws the listener
     */
    Runnable listen(String run, Consumer<LiveText> listener);

    /**
     * Completes at the end of a run, after those who watch it have heard of it; with an {@link EngineException} when nobody can
     * say any more how it ends.
     */
    CompletableFuture<RunResult> ending(String run);

    /** Waits for the end of a run. */
    default RunResult await(String run) throws InterruptedException {
        try {
            return ending(run).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Ends a run at once, with the best artifact so far. */
    void cancel(String run);

    /** Lets a run go on that has ended early or is paused. */
    void resume(String run);

    /** The questions of a run that an answer is taken for, oldest first. */
    List<Question> questions(String run);

    /** Whether a question is for the scripted person of its run. */
    boolean isScripted(Question question);

    /** Whether a run can do nothing but wait, for as long as it takes, until a person answers. */
    boolean waits(String run);

    /** Gives a person's answer: {@code {rating}}, {@code {choice}}, {@code {text}} ..., as the form asks. */
    void answer(Question question, ObjectNode answer);
}
