package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An artifact of a pool.
 *
 * @param score null when the pool has no score
 * @param scores by objective, when the pool has some
 * @param cell its place in a grid, as text; null elsewhere
 */
record Artifact(
        String id,
        JsonNode value,
        @Nullable Double score,
        List<Double> scores,
        @Nullable String cell,
        Optional<String> parent,
        String element,
        Iteration iteration) {

    /** The same, made where it stands first in the flow: which of two parallel branches was faster must not matter. */
    Artifact first(String otherElement, Iteration otherIteration) {
        int order = iteration.compareTo(otherIteration);
        return order < 0 || order == 0 && element.compareTo(otherElement) <= 0
                ? this
                : new Artifact(id, value, score, scores, cell, parent, otherElement, otherIteration);
    }

    /** The number it is ranked by: its score, else its first objective. */
    double rank() {
        if (score != null) {
            return score;
        }
        return scores.isEmpty() ? Double.NEGATIVE_INFINITY : scores.getFirst();
    }

    /** What it is compared by: its objectives, else its score. */
    List<Double> measures() {
        return scores.isEmpty() && score != null ? List.of(score) : scores;
    }

    /** Best first; among equals the one that stands first in the flow, however fast it came. */
    static Comparator<Artifact> bestFirst() {
        return Comparator.comparingDouble(Artifact::rank)
                .reversed()
                .thenComparing(Artifact::iteration)
                .thenComparing(Artifact::element);
    }

    /** In no objective worse than the other, and in one better. */
    boolean dominates(Artifact other) {
        boolean better = false;
        for (int i = 0; i < Math.min(measures().size(), other.measures().size()); i++) {
            int order = Double.compare(measures().get(i), other.measures().get(i));
            if (order < 0) {
                return false;
            }
            better |= order > 0;
        }
        return better;
    }

    /** How long its text is. */
    int length() {
        return value.isTextual() ? value.textValue().length() : value.toString().length();
    }
}
