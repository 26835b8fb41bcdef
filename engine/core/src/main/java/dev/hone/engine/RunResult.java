package dev.hone.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param best the accepted artifact, else the best of the result pool; empty when nothing was made
 * @param spent what its calls used
 * @param seconds from start to end, including pauses of the process
 * @param measured what the sealed checks reported, by name
 * @param flags remarks of the rules
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunResult(
        String run,
        StopReason stop,
        Optional<Best> best,
        Usage spent,
        double seconds,
        Map<String, JsonNode> measured,
        List<String> flags) {

    /** What is left out of the JSON of a result is empty, not unknown. */
    public RunResult {
        measured = measured == null ? Map.of() : Map.copyOf(measured);
        flags = flags == null ? List.of() : List.copyOf(flags);
    }

    /**
     * @param score null-free: empty when the pool has no score
     * @param element the step that made it
     * @param iteration where it was made, for example {@code drafts=2}
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Best(JsonNode value, Optional<Double> score, String element, String iteration, boolean accepted) {

        /** The JSON leaves out an iteration that is empty. */
        public Best {
            iteration = iteration == null ? "" : iteration;
            element = element == null ? "" : element;
        }
    }
}
