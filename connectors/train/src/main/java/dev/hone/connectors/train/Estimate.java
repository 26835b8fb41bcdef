package dev.hone.connectors.train;

import java.util.Locale;

/**
 * A mean with its standard error over tasks. Repetitions of a task with other seeds are averaged first, since they are not
 * independent.
 */
record Estimate(double mean, double standardError) {

    private static final double NORMAL_95 = 1.96;

    /** @param byTask one value a task, at least two */
    static Estimate of(double[] byTask) {
        double sum = 0;
        for (double value : byTask) {
            sum += value;
        }
        double mean = sum / byTask.length;
        double squares = 0;
        for (double value : byTask) {
            squares += (value - mean) * (value - mean);
        }
        return new Estimate(mean, Math.sqrt(squares / (byTask.length - 1) / byTask.length));
    }

    /** The mean of {@code a - b}, task by task. */
    static Estimate ofDifference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return of(difference);
    }

    /** For example {@code 0.312 ± 0.041}: the mean and half the width of its 95 % interval. */
    String text() {
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, NORMAL_95 * standardError);
    }

    /** Whether the 95 % interval lies above zero. */
    boolean positive() {
        return mean - NORMAL_95 * standardError > 0;
    }

    /** For example {@code +0.041 [+0.012, +0.070]}: the mean and its 95 % interval. */
    String interval() {
        double reach = NORMAL_95 * standardError;
        return String.format(Locale.ROOT, "%+.3f [%+.3f, %+.3f]", mean, mean - reach, mean + reach);
    }
}
