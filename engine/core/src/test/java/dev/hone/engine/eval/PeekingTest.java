package dev.hone.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Somebody evaluates on a few tasks, looks, evaluates on more, and stops at the first look that says so: how often is an arm
 * promoted over itself, and how soon over a worse one?
 */
class PeekingTest {

    private static final double ALPHA = 0.05;
    private static final int REPEATS = 200;
    private static final int TASKS = 200;
    private static final int SEEDS = 3;
    private static final int BETWEEN_LOOKS = 5;

    /** What one look says of the differences so far. */
    private interface Look {
        boolean promotes(List<Double> differences);
    }

    /** An arm against itself: all promotions are false. */
    @Test
    void theSameArmTwiceIsPromotedAtMostAsOftenAsTheLevelAllows() {
        int anytime = promoted(0, differences -> EProcess.of(0, differences).rejects(ALPHA));
        int sign = promoted(0, PeekingTest::signTestPromotes);
        int normal = promoted(0, PeekingTest::intervalPromotes);
        System.out.printf(
                "A/A, %d repeats, %d looks each: false promotions by the e-process %d, by a sign test at each look %d,"
                        + " by a 95 %% interval at each look %d; the level %.2f allows %d%n",
                REPEATS, TASKS / BETWEEN_LOOKS, anytime, sign, normal, ALPHA, (int) (ALPHA * REPEATS));
        assertThat(anytime).isLessThanOrEqualTo((int) (ALPHA * REPEATS));
        assertThat(sign).as("why peeking needs a test made for it").isGreaterThan((int) (ALPHA * REPEATS));
        assertThat(normal).isGreaterThan((int) (2 * ALPHA * REPEATS));
    }

    /** Success on 0.4 of the runs, on average over easy and hard tasks, against 0.6. */
    @Test
    void aGainOfAFifthIsFound() {
        List<Integer> found = tasksUntilPromoted(
                0.2, differences -> EProcess.of(0, differences).rejects(ALPHA));
        int eighty = found.get((int) (0.8 * REPEATS));
        System.out.printf(
                "a gain of 0.2 with %d seeds: found in %d of %d repeats, in half of them by %d tasks, in four fifths by %d%n",
                SEEDS, found.stream().filter(tasks -> tasks <= TASKS).count(), REPEATS, found.get(REPEATS / 2), eighty);
        assertThat(eighty).isLessThanOrEqualTo(60);
        assertThat(found.get((int) (0.95 * REPEATS))).isLessThanOrEqualTo(TASKS);
    }

    private static int promoted(double gain, Look look) {
        return (int) tasksUntilPromoted(gain, look).stream()
                .filter(tasks -> tasks <= TASKS)
                .count();
    }

    /** For each repeat, in order: how many tasks were seen at the first look that promotes; more than there are for none. */
    private static List<Integer> tasksUntilPromoted(double gain, Look look) {
        return IntStream.range(0, REPEATS)
                .mapToObj(repeat -> {
                    List<Double> differences = differences(gain, new SplittableRandom(repeat));
                    return IntStream.iterate(BETWEEN_LOOKS, seen -> seen <= TASKS, seen -> seen + BETWEEN_LOOKS)
                            .filter(seen -> look.promotes(differences.subList(0, seen)))
                            .findFirst()
                            .orElse(TASKS + 1);
                })
                .sorted()
                .toList();
    }

    /** Of runs that succeed with the task's own probability: tasks are easy or hard for both arms. */
    private static List<Double> differences(double gain, SplittableRandom random) {
        List<Observed> candidate = new ArrayList<>();
        List<Observed> baseline = new ArrayList<>();
        for (int task = 0; task < TASKS; task++) {
            double base = random.nextDouble() * 0.8;
            for (int seed = 0; seed < SEEDS; seed++) {
                candidate.add(Observed.of("t" + task, seed, random.nextDouble() < base + gain));
                baseline.add(Observed.of("t" + task, seed, random.nextDouble() < base));
            }
        }
        return PerTask.differences(candidate, baseline).values();
    }

    private static boolean signTestPromotes(List<Double> differences) {
        int won =
                (int) differences.stream().filter(difference -> difference > 0).count();
        int lost =
                (int) differences.stream().filter(difference -> difference < 0).count();
        return won > lost && SignTest.p(won, lost) < ALPHA;
    }

    private static boolean intervalPromotes(List<Double> differences) {
        double mean =
                differences.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares =
                differences.stream().mapToDouble(d -> Math.pow(d - mean, 2)).sum();
        return mean > 1.96 * Math.sqrt(squares / differences.size() / (differences.size() - 1));
    }
}
