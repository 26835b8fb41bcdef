package dev.hone.server.store;

import java.time.Instant;

/**
 * What a webhook is told, at least once.
 *
 * @param id the same at each attempt
 * @param body a JSON object
 * @param attempts that were made, and the one under way
 * @param dueAt when the next attempt is made
 */
public record Message(
        String id,
        String webhook,
        String event,
        String body,
        State state,
        int attempts,
        Instant dueAt,
        Instant createdAt) {

    /** What has become of it. */
    public enum State {
        /** It is to be sent, or sent again. */
        PENDING,
        /** The receiver has it. */
        DELIVERED,
        /** No more attempts are made, unless somebody asks for it. */
        DEAD
    }
}
