package dev.hone.server.security;

import dev.hone.server.store.ApiKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is told of a key.
 *
 * @param workflows that it may use; all when there are none
 * @param earlierSecretUntil until when the secret before the last rotation is taken, too
 * @param lastUsedAt to the minute or so
 */
@Schema(name = "Key")
record KeyView(
        String id,
        String tenant,
        String name,
        Set<String> roles,
        Optional<Set<String>> workflows,
        String createdBy,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt,
        Optional<Instant> earlierSecretUntil) {

    /** @param secret the whole key, as it is sent */
    @Schema(name = "KeyTold")
    record Told(String secret, KeyView key) {}

    static KeyView of(ApiKey key, Instant now) {
        return new KeyView(
                key.id(),
                key.tenant(),
                key.name(),
                new TreeSet<>(key.roles()),
                key.workflows().map(TreeSet::new),
                key.createdBy(),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.revokedAt(),
                key.earlier().map(ApiKey.Earlier::until).filter(now::isBefore));
    }
}
