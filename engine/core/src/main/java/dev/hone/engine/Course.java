package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * How a run came to its result.
 *
 * @param made what entered the result pool, in the order in which it entered
 * @param standings what the run would have returned had it ended then, wherever that changed, in order
 */
public record Course(List<Made> made, List<Standing> standings) {

    public Course {
        made = List.copyOf(made);
        standings = List.copyOf(standings);
    }

    /**
     * An artifact as it entered.
     *
     * @param from the artifact that it was made from; empty when it was made from none that is known
     * @param element the step that made it
     * @param score of the pool itself; empty when the pool has none
     * @param again whether the pool had an equal one and keeps one of equals
     * @param calls model calls of the run until then
     * @param tokens read and written until then
     */
    public record Made(
            JsonNode value,
            Optional<JsonNode> from,
            String element,
            String iteration,
            Optional<Double> score,
            boolean again,
            long calls,
            long tokens) {}

    /** @param accepted whether a rule accepted it */
    public record Standing(JsonNode value, Optional<Double> score, boolean accepted, long calls, long tokens) {}
}
