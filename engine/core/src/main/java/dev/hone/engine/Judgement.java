package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import java.util.Map;
import java.util.Optional;

/**
 * What sealed checks say of a value.
 *
 * @param report by name; what a check that failed would have reported is missing
 * @param problem why a check failed, if one did
 */
public record Judgement(Map<String, JsonNode> report, Optional<Problem> problem) {

    public Judgement {
        report = Map.copyOf(report);
    }
}
