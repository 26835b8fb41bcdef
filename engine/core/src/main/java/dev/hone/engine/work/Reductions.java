package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hone.dsl.Step;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Many to few, or to pairs: pure functions over candidates in their order. */
final class Reductions {

    /**
     * @param id of an artifact; empty for the item of a list
     * @param by what the way to reduce looks at
     * @param objectives higher is better
     */
    record Candidate(String id, JsonNode value, JsonNode by, List<Double> objectives) {}

    private Reductions() {}

    /** The highest first; of equal ones the first. */
    static List<Candidate> highest(List<Candidate> candidates, int top) {
        return sorted(candidates).stream().limit(top).toList();
    }

    private static List<Candidate> sorted(List<Candidate> candidates) {
        return candidates.stream()
                .sorted(Comparator.comparing(
                                (Candidate candidate) -> candidate.by().decimalValue())
                        .reversed())
                .toList();
    }

    /** The first of the most frequent, then of the next. */
    static List<Candidate> vote(List<Candidate> candidates, int top) {
        return groups(candidates).stream()
                .sorted(Comparator.comparingInt((List<Candidate> group) -> group.size())
                        .reversed())
                .limit(top)
                .map(List::getFirst)
                .toList();
    }

    /** The first of each group. */
    static List<Candidate> clusters(List<Candidate> candidates) {
        return groups(candidates).stream().map(List::getFirst).toList();
    }

    private static List<List<Candidate>> groups(List<Candidate> candidates) {
        Map<JsonNode, List<Candidate>> groups = new LinkedHashMap<>();
        candidates.forEach(candidate ->
                groups.computeIfAbsent(candidate.by(), by -> new ArrayList<>()).add(candidate));
        return List.copyOf(groups.values());
    }

    /** Those that no other beats in every objective. */
    static List<Candidate> front(List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidates.stream().noneMatch(other -> dominates(other, candidate)))
                .toList();
    }

    private static boolean dominates(Candidate a, Candidate b) {
        boolean better = false;
        for (int i = 0; i < Math.min(a.objectives().size(), b.objectives().size()); i++) {
            int order = Double.compare(a.objectives().get(i), b.objectives().get(i));
            if (order < 0) {
                return false;
            }
            better |= order > 0;
        }
        return better;
    }

    static List<Candidate> random(List<Candidate> candidates, int top, long seed) {
        List<Candidate> shuffled = new ArrayList<>(candidates);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled.stream().limit(top).toList();
    }

    /** Null for no numbers at all. */
    static JsonNode mean(List<Candidate> candidates) {
        List<BigDecimal> numbers = candidates.stream()
                .map(Candidate::by)
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .toList();
        return numbers.isEmpty()
                ? JsonNodeFactory.instance.nullNode()
                : Json.node(numbers.stream()
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL64));
    }

    /** The mean of several numbers less its standard error: what a few good ones do not raise much. One number stays. */
    static JsonNode pessimistic(JsonNode numbers) {
        if (!numbers.isArray() || numbers.isEmpty()) {
            return numbers.isNumber() ? numbers : Json.node(BigDecimal.valueOf(-Double.MAX_VALUE));
        }
        double sum = 0;
        double squares = 0;
        for (JsonNode number : numbers) {
            sum += number.doubleValue();
            squares += number.doubleValue() * number.doubleValue();
        }
        int n = numbers.size();
        double mean = sum / n;
        double variance = n < 2 ? 0 : Math.max(0, (squares - n * mean * mean) / (n - 1));
        return Json.node(BigDecimal.valueOf(mean - Math.sqrt(variance / n)));
    }

    /** {@code [{chosen, rejected}, ...]}; none of fewer than two, or of two equally good. */
    static ArrayNode pairs(Step.Reduction how, List<Candidate> candidates, long seed) {
        ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
        if (candidates.size() < 2) {
            return pairs;
        }
        if (how == Step.Reduction.PAIR_NEAR_ON_POLICY) {
            for (int i = candidates.size() - 2; i >= 0; i -= 2) {
                pairOf(candidates.get(i), candidates.get(i + 1), pairs);
            }
            return pairs;
        }
        List<Candidate> sorted = sorted(candidates);
        Candidate other = how == Step.Reduction.PAIR_MAX_MIN
                ? sorted.getLast()
                : sorted.get(1 + new Random(seed).nextInt(sorted.size() - 1));
        pairOf(sorted.getFirst(), other, pairs);
        return pairs;
    }

    private static void pairOf(Candidate a, Candidate b, ArrayNode pairs) {
        int order = a.by().decimalValue().compareTo(b.by().decimalValue());
        if (order != 0) {
            var pair = pairs.addObject();
            pair.set("chosen", (order > 0 ? a : b).value());
            pair.set("rejected", (order > 0 ? b : a).value());
        }
    }
}
