package dev.hone.server.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.work.Json;
import dev.hone.server.store.Attempt;
import dev.hone.server.store.Message;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message of a webhook, and how it was sent.
 *
 * @param id which each attempt has in its header {@code webhook-id}
 * @param body what is sent
 * @param nextAt when it is sent again, at the earliest
 */
@Schema(name = "Delivery")
record Delivery(
        String id,
        String event,
        Message.State state,
        Instant createdAt,
        Optional<Instant> nextAt,
        JsonNode body,
        List<Try> attempts) {

    /**
     * One attempt.
     *
     * @param n from 1
     * @param status of HTTP; none without an answer
     * @param failure why it did not arrive
     */
    @Schema(name = "DeliveryAttempt")
    record Try(int n, Instant at, int millis, Optional<Integer> status, Optional<String> failure) {
        static Try of(Attempt attempt) {
            return new Try(attempt.n(), attempt.at(), attempt.millis(), attempt.status(), attempt.failure());
        }
    }

    static Delivery of(Message message, List<Attempt> attempts) {
        return new Delivery(
                message.id(),
                message.event(),
                message.state(),
                message.createdAt(),
                message.state() == Message.State.PENDING ? Optional.of(message.dueAt()) : Optional.empty(),
                Json.read(message.body()),
                attempts.stream().map(Try::of).toList());
    }
}
