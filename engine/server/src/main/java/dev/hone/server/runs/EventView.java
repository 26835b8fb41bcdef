package dev.hone.server.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * Something that happened in a run.
 *
 * @param seq 1, 2, 3 ... in each run, without gaps
 * @param element the step, or the element of the process, that it happened at
 * @param iteration where in the maps and loops, for example {@code rounds=2}; empty at the top
 * @param attempt 1 for the first try
 * @param body what it tells, by its kind
 */
@Schema(name = "Event")
record EventView(long seq, EventKind kind, String element, String iteration, int attempt, Instant at, JsonNode body) {

    static EventView of(RunEvent event) {
        return new EventView(
                event.seq(),
                event.kind(),
                event.element(),
                event.iteration(),
                event.attempt(),
                event.at(),
                Json.read(event.body()));
    }
}
