package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.StopReason;
import java.util.Optional;

/** Reads the reason of an end from the events that led to it. */
final class StopReasons {

    private StopReasons() {}

    /** The last decision that moved the flow is what a reader wants to know of a run that came to its end. */
    static StopReason ofMove(JsonNode move) {
        return move.hasNonNull("rule")
                ? byRule(move)
                : StopReason.of(StopReason.Kind.LIMIT, move.path("text").asText());
    }

    /** A rule stopped the run until a person lets it go on. */
    static StopReason paused(JsonNode decision) {
        StopReason rule = byRule(decision);
        return new StopReason(
                StopReason.Kind.PAUSED, rule.text(), rule.rule(), rule.where(), rule.facts(), rule.problem());
    }

    static StopReason byRule(JsonNode decision) {
        return new StopReason(
                StopReason.Kind.RULE,
                decision.path("text").asText(),
                Optional.of(decision.path("rule").asText()),
                Optional.ofNullable(decision.path("where").textValue()),
                Optional.of(decision.path("facts")),
                Optional.empty());
    }
}
