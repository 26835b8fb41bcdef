package dev.hone.server.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Where a tenant wants to be told of events.
 *
 * @param events their names
 * @param version which secret signs; each rotation adds one
 * @param earlierUntil until when the one before signs, too
 */
public record Webhook(
        String id,
        String tenant,
        String url,
        Set<String> events,
        boolean enabled,
        int version,
        Optional<Instant> earlierUntil,
        String createdBy,
        Instant createdAt) {

    public Webhook {
        events = Set.copyOf(events);
    }
}
