package dev.hone.eval;

import java.util.Map;

/**
 * One run of a comparison.
 *
 * @param seed which of the seeds, from 0
 * @param task which of the tasks, from 0
 */
public record Unit(Arm arm, int seed, int task) {

    private static final String ARM = "arm";
    private static final String SEED = "seed";
    private static final String TASK = "task";

    /** The seed of the run; one task and seed have the same in every arm, and the first of the seeds that of the task's case. */
    public long runSeed(long first) {
        return first + task + 1_000_000L * seed;
    }

    Map<String, String> labels() {
        return Map.of(ARM, arm.label(), SEED, String.valueOf(seed + 1), TASK, String.valueOf(task + 1));
    }

    /** The same for the labels of the run in any process. */
    String place() {
        return place(labels());
    }

    static String place(Map<String, String> labels) {
        return labels.get(ARM) + "/" + labels.get(SEED) + "/" + labels.get(TASK);
    }
}
