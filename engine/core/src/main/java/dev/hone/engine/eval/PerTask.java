package dev.hone.engine.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One number for each task: the mean over its seeds. Everything that is said about arms is said on these, as tasks are
 * independent of each other and the seeds of a task are not. Each task weighs the same, however many seeds it has.
 *
 * @param means by task, in the order in which the tasks were first seen; unmodifiable
 * @param observations of how many runs, or pairs of runs, the means are
 * @param unpaired runs that were left out, as the other arm has none with their task and seed
 */
public record PerTask(Map<String, Double> means, int observations, int unpaired) {

    /** One arm by itself. The last of two values with the same task and seed counts. */
    public static PerTask of(List<Observed> arm) {
        Map<Pair, Double> values = byPair(arm);
        return new PerTask(means(values), values.size(), 0);
    }

    /** The candidate less the baseline, run by run on the same task and seed. */
    public static PerTask differences(List<Observed> candidate, List<Observed> baseline) {
        Map<Pair, Double> ours = byPair(candidate);
        Map<Pair, Double> theirs = byPair(baseline);
        Map<Pair, Double> differences = new LinkedHashMap<>();
        ours.forEach((pair, value) -> {
            Double other = theirs.get(pair);
            if (other != null) {
                differences.put(pair, value - other);
            }
        });
        int alone = ours.size() + theirs.size() - 2 * differences.size();
        return new PerTask(means(differences), differences.size(), alone);
    }

    private record Pair(String task, long seed) {}

    private static Map<Pair, Double> byPair(List<Observed> arm) {
        Map<Pair, Double> values = new LinkedHashMap<>();
        arm.forEach(one -> values.put(new Pair(one.task(), one.seed()), one.value()));
        return values;
    }

    private static Map<String, Double> means(Map<Pair, Double> values) {
        Map<String, Double> means = values.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().task(),
                        LinkedHashMap::new,
                        Collectors.averagingDouble(Map.Entry::getValue)));
        return java.util.Collections.unmodifiableMap(means);
    }

    public int tasks() {
        return means.size();
    }

    /** The means alone, in the order of the tasks. */
    public List<Double> values() {
        return List.copyOf(new ArrayList<>(means.values()));
    }
}
