package dev.hone.engine.eval;

import java.util.List;

/**
 * Where the mean of differences between -1 and 1 is, at every look at once: with probability at least {@code 1 - alpha} the
 * true mean is inside after all tasks, however often one looks. It is what {@link EProcess} does not reject, from below
 * and from above at half the level each (Waudby-Smith and Ramdas 2024, section 4).
 */
public final class ConfidenceSequence {

    private static final double NEAREST = 1e-6;

    private ConfidenceSequence() {}

    /**
     * After these tasks; -1 to 1 after none.
     *
     * @param differences one for each task
     */
    public static Interval interval(List<Double> differences, double alpha) {
        List<Double> turned =
                differences.stream().map(difference -> -difference).toList();
        return new Interval(lowest(differences, alpha / 2), -lowest(turned, alpha / 2));
    }

    /** The smallest margin that is not rejected: e-values fall as the margin grows, to 1 or less at the observed mean. */
    private static double lowest(List<Double> differences, double alpha) {
        double rejected = -1;
        double kept = 1;
        while (kept - rejected > NEAREST) {
            double middle = (rejected + kept) / 2;
            if (EProcess.of(middle, differences).rejects(alpha)) {
                rejected = middle;
            } else {
                kept = middle;
            }
        }
        return rejected;
    }
}
