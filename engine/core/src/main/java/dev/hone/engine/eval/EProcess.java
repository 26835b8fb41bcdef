package dev.hone.engine.eval;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A test that may be looked at as often as one likes: does the mean of differences between -1 and 1 exceed a margin?
 *
 * <p>It bets, at odds that are fair or worse if the mean does not, and its capital, begun at 1, is the e-value: if the null
 * holds, the capital ever reaches {@code 1 / alpha} with probability at most {@code alpha} (Ville's inequality), so one may
 * stop, or add tasks, whenever one wants (Waudby-Smith and Ramdas, "Estimating means of bounded random variables by
 * betting", 2024). The capital is spread evenly over bets of all sizes, a share {@code f} of each being at stake: the
 * universal portfolio of Cover, 1991, which grows almost as fast as the best of them and does not depend on the order of the
 * tasks.
 *
 * <p>One task is one observation, whatever its seeds: the seeds of a task depend on each other. Valid when tasks are
 * independent draws, or when each one's expected difference, given those before it, is at most the margin. More tasks may be
 * added after a look; more seeds for tasks that were looked at may not.
 *
 * <p>Immutable.
 */
public final class EProcess {

    private static final int BETS = 50;

    private final double margin;
    private final int tasks;
    /** The logarithm of the capital of each bet, which began at 0. */
    private final double[] logs;

    private EProcess(double margin, int tasks, double[] logs) {
        this.margin = margin;
        this.tasks = tasks;
        this.logs = logs;
    }

    /**
     * Before the first task.
     *
     * @param margin the null: the mean difference is at most this
     * @throws IllegalArgumentException unless {@code -1 < margin < 1}
     */
    public static EProcess of(double margin) {
        if (!(margin > -1 && margin < 1)) {
            throw new IllegalArgumentException("the margin " + margin + " is not between -1 and 1");
        }
        return new EProcess(margin, 0, new double[BETS]);
    }

    /** After all of these tasks. */
    public static EProcess of(double margin, Iterable<Double> differences) {
        EProcess process = of(margin);
        for (double difference : differences) {
            process = process.seen(difference);
        }
        return process;
    }

    /**
     * After one more task.
     *
     * @param difference the candidate's mean over the seeds of a task less the baseline's
     * @throws IllegalArgumentException unless it is from -1 to 1
     */
    public EProcess seen(double difference) {
        if (!(difference >= -1 && difference <= 1)) {
            throw new IllegalArgumentException("the difference " + difference + " is not from -1 to 1");
        }
        double gain = (1 + difference) / (1 + margin); // of what is at stake; at most 1 on average under the null
        double[] next = new double[BETS];
        for (int i = 0; i < BETS; i++) {
            next[i] = logs[i] + Math.log1p(share(i) * (gain - 1));
        }
        return new EProcess(margin, tasks + 1, next);
    }

    /** What part of its capital a bet puts at stake; never all of it. */
    private static double share(int bet) {
        return (bet + 0.5) / BETS;
    }

    public int tasks() {
        return tasks;
    }

    /** The evidence against the null: 1 before the first task, and at most 1 on average if the null holds. */
    public double eValue() {
        return eValue(1);
    }

    /** What it would be had everything been seen this many times. */
    private double eValue(double times) {
        double most = Arrays.stream(logs).max().orElseThrow() * times;
        return Math.exp(most)
                * Arrays.stream(logs)
                        .map(log -> Math.exp(log * times - most))
                        .average()
                        .orElseThrow();
    }

    /** Whether the null is rejected at a level. */
    public boolean rejects(double alpha) {
        return eValue() >= 1 / alpha;
    }

    /**
     * About how many more tasks would reject the null if they were like those seen: 0 when it is rejected; empty when none
     * would, or none was seen, or more than a million.
     */
    public OptionalInt tasksMissing(double alpha) {
        int most = 1_000_000;
        if (rejects(alpha)) {
            return OptionalInt.of(0);
        }
        if (tasks == 0 || eValue((double) (tasks + most) / tasks) < 1 / alpha) {
            return OptionalInt.empty();
        }
        int low = 0; // not enough
        int high = most; // enough, and so is all above it: the e-value is convex in the number of tasks
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (eValue((double) (tasks + middle) / tasks) < 1 / alpha) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalInt.of(high);
    }
}
