package dev.hone.server.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key that a program calls with.
 *
 * @param secret the SHA-256 of what it must know, in hex
 * @param earlier the same before the last rotation, while it is taken
 * @param workflows that it may use; all when empty
 * @param lastUsedAt to the minute or so
 */
public record ApiKey(
        String id,
        String tenant,
        String name,
        Set<String> roles,
        Optional<Set<String>> workflows,
        String secret,
        Optional<Earlier> earlier,
        Optional<Instant> expiresAt,
        String createdBy,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {

    public ApiKey {
        roles = Set.copyOf(roles);
        workflows = workflows.map(Set::copyOf);
    }

    /** @param until the moment after the last */
    public record Earlier(String secret, Instant until) {}

    /** Whether it is taken at all at a moment. */
    public boolean holds(Instant now) {
        return revokedAt.isEmpty()
                && expiresAt.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
