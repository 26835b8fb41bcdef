package dev.hone.server.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries are asked for; those that fit all of it, newest first.
 *
 * @param tenant all when empty
 * @param act one, or all that begin with what stands before a {@code *} at its end
 * @param from the first moment
 * @param before the moment after the last
 * @param after the number of the last entry that is known
 */
public record AuditQuery(
        Optional<String> tenant,
        Optional<String> name,
        Optional<String> act,
        Optional<String> target,
        Optional<Instant> from,
        Optional<Instant> before,
        Optional<Long> after,
        int limit) {}
