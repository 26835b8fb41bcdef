package dev.hone.engine.rules;

import dev.hone.dsl.Workflow;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every condition may read besides the fact itself.
 *
 * @param params the run's parameters, as plain values
 * @param left what is left of each limited resource (money in USD); an unlimited one is absent, and null in a condition
 * @param spent what is used or set aside of each resource
 * @param scope the used workflow in which the fact came up; empty for the file's own steps
 * @param loops the loops around the place where the fact came up, outermost first; for a fact about a loop, that loop last
 */
public record Context(
        Map<String, @Nullable Object> params,
        Map<Workflow.Resource, BigDecimal> left,
        Map<Workflow.Resource, BigDecimal> spent,
        List<Turn> loops,
        String scope) {

    /** Nothing is known. */
    static final Context EMPTY = new Context(Map.of(), Map.of(), Map.of(), List.of(), "");

    /** The word for a resource in a condition. */
    private static String word(Workflow.Resource resource) {
        return switch (resource) {
            case CALLS, TOKENS, MONEY, SECONDS -> resource.name().toLowerCase(Locale.ROOT);
            case TRAININGS -> "train";
            case QUESTIONS -> "human";
        };
    }

    /**
     * A loop and where it stands.
     *
     * @param round 1 is the first
     * @param restarts how often rules began it anew
     * @param seconds since the run began
     */
    public record Turn(String loop, int round, int restarts, BigDecimal seconds) {

        Map<String, @Nullable Object> fields() {
            return Map.of(
                    "round", BigDecimal.valueOf(round), "restarts", BigDecimal.valueOf(restarts), "seconds", seconds);
        }
    }

    public Context {
        params = Collections.unmodifiableMap(new HashMap<>(params));
        left = Map.copyOf(left);
        spent = Map.copyOf(spent);
        loops = List.copyOf(loops);
    }

    /** {@code left}, {@code round} of the innermost loop, or a parameter; null for anything else. */
    @Nullable
    Object read(String name) {
        return switch (name) {
            case "left" -> fields(left);
            case "spent" -> fields(spent);
            case "round" ->
                loops.isEmpty() ? null : BigDecimal.valueOf(loops.getLast().round());
            default -> params.get(name);
        };
    }

    private static Map<String, @Nullable Object> fields(Map<Workflow.Resource, BigDecimal> amounts) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        amounts.forEach((resource, amount) -> fields.put(word(resource), amount));
        return fields;
    }
}
