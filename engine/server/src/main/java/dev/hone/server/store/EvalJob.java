package dev.hone.server.store;

import java.time.Instant;
import java.util.Optional;

/**
 * An evaluation that somebody asked for.
 *
 * @param request what was asked for, as JSON
 * @param round counts how often it was begun or resumed, from 1
 * @param progress how far it is, as JSON; none before it begins
 * @param problems why it failed, a JSON list
 */
public record EvalJob(
        String id,
        String tenant,
        String workflow,
        int version,
        String request,
        State state,
        int round,
        Optional<String> progress,
        Optional<String> problems,
        String createdBy,
        Instant createdAt,
        Optional<Instant> endedAt) {

    /** What becomes of it. */
    public enum State {
        /** Some node will begin. */
        QUEUED,
        RUNNING,
        /** All was measured. */
        DONE,
        FAILED,
        /** What was made is kept. */
        CANCELLED;

        public boolean ended() {
            return switch (this) {
                case QUEUED, RUNNING -> false;
                case DONE, FAILED, CANCELLED -> true;
            };
        }
    }
}
