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
 * @param loops the loops around the place where the fact came up, outermost first; for a fact about a loop, that loop last
 */
public record Context(Map<String, @Nullable Object> params, Map<Workflow.Resource, BigDecimal> left, List<Turn> loops) {

    /**
     * A loop and where it stands.
     *
     * @param round 1 is the first
     * @param seconds since the loop began
     */
    public record Turn(String loop, int round, BigDecimal seconds) {

        Map<String, @Nullable Object> fields() {
            return Map.of("round", BigDecimal.valueOf(round), "seconds", seconds);
        }
    }

    public Context {
        params = Collections.unmodifiableMap(new HashMap<>(params));
        left = Map.copyOf(left);
        loops = List.copyOf(loops);
    }

    /** {@code left}, {@code round} of the innermost loop, or a parameter; null for anything else. */
    @Nullable
    Object read(String name) {
        return switch (name) {
            case "left" -> leftFields();
            case "round" ->
                loops.isEmpty() ? null : BigDecimal.valueOf(loops.getLast().round());
            default -> params.get(name);
        };
    }

    private Map<String, @Nullable Object> leftFields() {
        Map<String, @Nullable Object> fields = new HashMap<>();
        left.forEach((resource, amount) -> fields.put(resource.name().toLowerCase(Locale.ROOT), amount));
        return fields;
    }
}
