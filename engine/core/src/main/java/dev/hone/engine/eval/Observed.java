package dev.hone.engine.eval;

/**
 * One number that one run gave.
 *
 * @param task which case it was run on: runs on one task are not independent of each other
 * @param seed which of the runs on that task
 * @param value a metric of the run; 1 and 0 for true and false
 */
public record Observed(String task, long seed, double value) {

    /** @throws IllegalArgumentException if the value is not a finite number */
    public Observed {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the value of task " + task + ", seed " + seed + " is not a number");
        }
    }

    public static Observed of(String task, long seed, boolean value) {
        return new Observed(task, seed, value ? 1 : 0);
    }
}
