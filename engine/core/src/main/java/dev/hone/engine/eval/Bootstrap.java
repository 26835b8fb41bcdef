package dev.hone.engine.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The 95 % interval of a mean over tasks, for one arm or for the paired difference of two: the tasks are drawn again and
 * again, all seeds of a task together, and the interval is corrected for bias and skewness (BCa: Efron, "Better bootstrap
 * confidence intervals", 1987; tasks as clusters: Field and Welsh, "Bootstrapping clustered data", 2007).
 *
 * <p>It is approximate: with fewer than about 20 tasks it holds the true mean less often than it says.
 */
public final class Bootstrap {

    private static final int DRAWS = 2_000;
    private static final double ALPHA = 0.05;

    private Bootstrap() {}

    /**
     * The mean of numbers that have no known range.
     *
     * @return empty without tasks; the number itself as its interval when all tasks have the same one
     */
    public static Optional<Estimate> mean(PerTask perTask, long seed) {
        return mean(perTask.values(), Optional.empty(), seed);
    }

    /**
     * The mean of numbers within a range, such as 0 to 1 for a rate or -1 to 1 for the difference of two.
     *
     * <p>Drawing again tells nothing about tasks that all have the same number {@code v}, one task among them. Then the
     * interval allows for another number on a share {@code q} of all tasks, the largest with which {@code n} tasks in a row
     * come out the same at least once in 20 times: {@code (1 - q)^n = 0.05}, as in the rule of three (Hanley and
     * Lippman-Hand, "If nothing goes wrong, is everything all right?", 1983).
     *
     * @return empty without tasks
     * @throws IllegalArgumentException if a number is outside the range
     */
    public static Optional<Estimate> mean(PerTask perTask, Interval range, long seed) {
        return mean(perTask.values(), Optional.of(range), seed);
    }

    private static Optional<Estimate> mean(List<Double> perTask, Optional<Interval> range, long seed) {
        double[] values = perTask.stream().mapToDouble(Double::doubleValue).toArray();
        for (double value : values) {
            if (range.isPresent() && !range.get().contains(value)) {
                throw new IllegalArgumentException(value + " is outside the range " + range.get());
            }
        }
        if (values.length == 0) {
            return Optional.empty();
        }
        boolean same = Arrays.stream(values).allMatch(value -> value == values[0]);
        double mean = same ? values[0] : mean(values);
        Interval interval = same ? ofOneValue(mean, values.length, range) : bca(values, mean, seed);
        return Optional.of(new Estimate(mean, interval, values.length));
    }

    private static Interval ofOneValue(double value, int n, Optional<Interval> range) {
        double share = 1 - Math.pow(ALPHA, 1.0 / n);
        return range.map(within ->
                        new Interval(value - share * (value - within.low()), value + share * (within.high() - value)))
                .orElse(new Interval(value, value));
    }

    private static Interval bca(double[] values, double mean, long seed) {
        double[] drawn = drawnMeans(values, seed);
        double below = 0;
        for (double one : drawn) {
            below += one < mean ? 1 : one == mean ? 0.5 : 0;
        }
        double bias = Normal.quantile(Math.clamp(below / DRAWS, 1.0 / DRAWS, 1 - 1.0 / DRAWS));
        double acceleration = acceleration(values, mean);
        double low = drawn[place(bias, acceleration, -Normal.Z95)];
        double high = drawn[place(bias, acceleration, Normal.Z95)];
        return new Interval(Math.min(low, mean), Math.max(high, mean));
    }

    private static double[] drawnMeans(double[] values, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            double sum = 0;
            for (int k = 0; k < values.length; k++) {
                sum += values[random.nextInt(values.length)];
            }
            drawn[i] = sum / values.length;
        }
        Arrays.sort(drawn);
        return drawn;
    }

    /** From the means without one task each (the jackknife), which for a mean is a sum over deviations. */
    private static double acceleration(double[] values, double mean) {
        double squares = 0;
        double cubes = 0;
        for (double value : values) {
            squares += Math.pow(value - mean, 2);
            cubes += Math.pow(value - mean, 3);
        }
        return cubes / (6 * Math.pow(squares, 1.5));
    }

    private static int place(double bias, double acceleration, double z) {
        double moved = bias + (bias + z) / (1 - acceleration * (bias + z));
        return Math.clamp((int) (Normal.cdf(moved) * DRAWS), 0, DRAWS - 1);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
