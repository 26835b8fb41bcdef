package dev.hone.server.store;

import java.time.Instant;
import java.util.Optional;

/**
 * That a message was sent.
 *
 * @param message its id
 * @param n from 1
 * @param status of HTTP; none without an answer
 * @param failure why it did not arrive
 */
public record Attempt(
        String message, int n, Instant at, int millis, Optional<Integer> status, Optional<String> failure) {}
