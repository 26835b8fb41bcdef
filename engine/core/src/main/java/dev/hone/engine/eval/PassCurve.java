package dev.hone.engine.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * Success against what was spent, pass@t: the curve that a run's last number hides (Olausson and others, "Is self-repair a
 * silver bullet for code generation?", 2024, where t counts tokens). Intervals are clustered by task and hold point by point,
 * not for the whole curve at once.
 */
public final class PassCurve {

    private static final Interval RATE = new Interval(0, 1);

    private PassCurve() {}

    /**
     * Mean success of runs that had this much to spend.
     *
     * @param success over tasks, from 0 to 1
     */
    public record Point(double spent, Estimate success) {}

    /**
     * The curve from 0 on at evenly spaced budgets; empty without runs.
     *
     * @param budget where it ends, over 0
     * @param points how many after the one at 0, at least 1
     */
    public static List<Point> of(List<Progress> runs, double budget, int points, long seed) {
        if (!(budget > 0) || points < 1) {
            throw new IllegalArgumentException("no curve of " + points + " points up to " + budget);
        }
        List<Point> curve = new ArrayList<>();
        for (int i = 0; i <= points; i++) {
            double spent = budget * i / points;
            Bootstrap.mean(PerTask.of(at(runs, spent)), RATE, seed)
                    .ifPresent(success -> curve.add(new Point(spent, success)));
        }
        return List.copyOf(curve);
    }

    /** Each run's success at a budget, to be averaged, or compared with another arm's at the same budget. */
    public static List<Observed> at(List<Progress> runs, double budget) {
        return runs.stream()
                .map(run -> Observed.of(run.task(), run.seed(), run.rightAt(budget)))
                .toList();
    }

    /** Each run's area under its curve up to a budget, from 0 to 1: success averaged over all budgets up to it. */
    public static List<Observed> areas(List<Progress> runs, double budget) {
        return runs.stream()
                .map(run -> new Observed(run.task(), run.seed(), run.area(budget)))
                .toList();
    }

    /** The most that any run has spent at its last step; 0 without runs. */
    public static double most(List<Progress> runs) {
        return runs.stream()
                .filter(run -> !run.steps().isEmpty())
                .mapToDouble(run -> run.steps().getLast().spent())
                .max()
                .orElse(0);
    }
}
