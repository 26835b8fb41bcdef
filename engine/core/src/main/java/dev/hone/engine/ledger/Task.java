package dev.hone.engine.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A question of a run to a person.
 *
 * @param step the human step
 * @param iteration where in the maps and loops, for example {@code rounds=2}
 * @param question what is asked: {@code {step, form, question, show, order, seconds, late, at}} as JSON
 * @param until how long the run waits; until its own end when empty
 * @param claim who is at it; may be over
 * @param draft what somebody has written of the answer so far, as JSON
 */
public record Task(
        String run,
        String step,
        String iteration,
        String tenant,
        String workflow,
        TaskState state,
        String question,
        Instant askedAt,
        Optional<Instant> until,
        Optional<Claim> claim,
        Optional<String> draft) {

    /** Who has taken a task for himself, and until when. */
    public record Claim(String by, Instant until) {

        /** Whether the task is not for somebody else. */
        boolean keepsOut(String other, Instant now) {
            return !by.equals(other) && until.isAfter(now);
        }
    }

    /** Names it among all tasks: {@code run/step} or {@code run/step/iteration}. */
    public String id() {
        return iteration.isEmpty() ? run + "/" + step : run + "/" + step + "/" + iteration;
    }
}
