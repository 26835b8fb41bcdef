package dev.hone.engine.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * What a list says of a run.
 *
 * @param program the hash of its program
 * @param stop the kind of its stop, once it has ended: {@code RULE}, {@code BUDGET} ...
 * @param why it ended, in a sentence of at most 1,000 characters
 * @param spent what it has used and set aside
 * @param replayOf the run that it hears again
 * @param forkOf the run that it branched off
 */
public record RunSummary(
        String id,
        String tenant,
        String workflow,
        String program,
        Instant createdAt,
        RunPhase phase,
        Optional<String> stop,
        Optional<String> why,
        Optional<Instant> endedAt,
        Spent spent,
        Optional<String> replayOf,
        Optional<String> forkOf) {}
