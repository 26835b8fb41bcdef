package dev.hone.engine.eval;

import java.util.List;

/**
 * How one run went along what it spent.
 *
 * @param task which case it was run on
 * @param seed which of the runs on that task
 * @param steps in the order of the run; unmodifiable
 */
public record Progress(String task, long seed, List<Step> steps) {

    /**
     * From here on, what the run would give as its result is right, or wrong.
     *
     * @param spent tokens, calls or whatever the curve is drawn against, since the start; at least 0
     */
    public record Step(double spent, boolean right) {}

    /** @throws IllegalArgumentException if less is spent at a later step */
    public Progress {
        steps = List.copyOf(steps);
        double before = 0;
        for (Step step : steps) {
            if (!(step.spent() >= before)) {
                throw new IllegalArgumentException(
                        "task " + task + ", seed " + seed + " has spent " + step.spent() + " after " + before);
            }
            before = step.spent();
        }
    }

    /** Whether the run would be right had it ended with this much to spend: what it cannot pay for does not count. */
    public boolean rightAt(double budget) {
        boolean right = false;
        for (Step step : steps) {
            if (step.spent() > budget) {
                break;
            }
            right = step.right();
        }
        return right;
    }

    /** The share of the budgets from 0 to {@code budget} at which the run would be right: its area under the curve. */
    public double area(double budget) {
        double area = 0;
        for (int i = 0; i < steps.size() && steps.get(i).spent() < budget; i++) {
            if (steps.get(i).right()) {
                double until = i + 1 < steps.size() ? Math.min(steps.get(i + 1).spent(), budget) : budget;
                area += until - steps.get(i).spent();
            }
        }
        return budget > 0 ? area / budget : 0;
    }
}
