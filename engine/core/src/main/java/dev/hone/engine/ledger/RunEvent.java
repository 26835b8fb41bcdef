package dev.hone.engine.ledger;

import java.time.Instant;

/**
 * Something that happened in a run, once: (run, element, iteration, attempt, kind) is unique.
 *
 * @param seq 1, 2, 3 ... in each run, without gaps
 * @param body a JSON object
 */
public record RunEvent(
        String run, long seq, String element, String iteration, int attempt, EventKind kind, Instant at, String body) {}
