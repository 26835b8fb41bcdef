package dev.hone.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final Interval RATE = new Interval(0, 1);
    private static final Interval DIFFERENCE = new Interval(-1, 1);

    @Test
    void theIntervalOfSymmetricNumbersIsThatOfTheNormalDistribution() {
        // The numbers 0 to 99: the standard error of their mean is sqrt((100^2 - 1) / 12 / 100) = 2.8866.
        PerTask numbers = PerTask.of(IntStream.range(0, 100)
                .mapToObj(i -> new Observed("t" + i, 1, i))
                .toList());
        Estimate estimate = Bootstrap.mean(numbers, 1).orElseThrow();
        assertThat(estimate.mean()).isEqualTo(49.5);
        assertThat(estimate.interval().low()).isCloseTo(49.5 - 1.96 * 2.8866, within(0.5));
        assertThat(estimate.interval().high()).isCloseTo(49.5 + 1.96 * 2.8866, within(0.5));
    }

    @Test
    void aLongTailOnOneSideMakesTheIntervalLongerThere() {
        PerTask costs = PerTask.of(IntStream.range(0, 40)
                .mapToObj(i -> new Observed("t" + i, 1, Math.exp(i / 8.0)))
                .toList());
        Estimate estimate = Bootstrap.mean(costs, 1).orElseThrow();
        assertThat(estimate.interval().high() - estimate.mean())
                .isGreaterThan(1.2 * (estimate.mean() - estimate.interval().low()));
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        PerTask tasks = bernoulli(30, 3, 0.4, new SplittableRandom(5));
        assertThat(Bootstrap.mean(tasks, RATE, 7)).isEqualTo(Bootstrap.mean(tasks, RATE, 7));
        assertThat(Bootstrap.mean(tasks, RATE, 7)).isNotEqualTo(Bootstrap.mean(tasks, RATE, 8));
    }

    @Test
    void nothingHasNoMean() {
        assertThat(Bootstrap.mean(PerTask.of(List.of()), RATE, 1)).isEmpty();
    }

    @Test
    void oneTaskSaysNextToNothingHoweverManySeedsItHas() {
        PerTask one = PerTask.of(IntStream.range(0, 50)
                .mapToObj(seed -> Observed.of("t", seed, true))
                .toList());
        Estimate estimate = Bootstrap.mean(one, RATE, 1).orElseThrow();
        assertThat(estimate.tasks()).isEqualTo(1);
        assertThat(estimate.interval().low()).isCloseTo(0.05, within(1e-9));
        assertThat(estimate.interval().high()).isEqualTo(1);
    }

    @Test
    void tasksThatAreAllAlikeDoNotMakeTheMeanCertain() {
        PerTask alike = PerTask.of(IntStream.range(0, 20)
                .mapToObj(i -> Observed.of("t" + i, 1, true))
                .toList());
        assertThat(Bootstrap.mean(alike, RATE, 1).orElseThrow().interval().low())
                .as("the rule of three: 1 - 3/20")
                .isCloseTo(0.86, within(0.01));
        assertThat(Bootstrap.mean(alike, 1).orElseThrow().interval())
                .as("nothing is known of the range")
                .isEqualTo(new Interval(1, 1));
    }

    @Test
    void twoArmsThatAgreeEverywhereMayDifferEitherWay() {
        List<Observed> arm = IntStream.range(0, 20)
                .mapToObj(i -> Observed.of("t" + i, 1, i % 2 == 0))
                .toList();
        Interval interval = Bootstrap.mean(PerTask.differences(arm, arm), DIFFERENCE, 1)
                .orElseThrow()
                .interval();
        assertThat(interval.low()).isCloseTo(-0.139, within(0.001));
        assertThat(interval.high()).isCloseTo(0.139, within(0.001));
    }

    @Test
    void numbersOutsideTheRangeAreRefused() {
        PerTask off = PerTask.of(List.of(new Observed("t", 1, 1.5)));
        assertThatThrownBy(() -> Bootstrap.mean(off, RATE, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Observed("t", 1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    /** 25 tasks that differ in difficulty, 3 seeds each; the true mean is 0.5. Runs taken for tasks hold it far less often. */
    @Test
    void theIntervalHoldsTheTrueMeanAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(11);
        int clustered = 0;
        int flat = 0;
        int worlds = 400;
        for (int world = 0; world < worlds; world++) {
            List<Observed> runs = runs(25, 3, random);
            clustered += holds(PerTask.of(runs), world);
            List<Observed> apart = new ArrayList<>();
            runs.forEach(run -> apart.add(new Observed(run.task() + "/" + run.seed(), 1, run.value())));
            flat += holds(PerTask.of(apart), world);
        }
        assertThat((double) clustered / worlds).isBetween(0.91, 0.98);
        assertThat((double) flat / worlds).as("seeds taken for tasks").isLessThan(0.85);
    }

    private static int holds(PerTask tasks, long seed) {
        return Bootstrap.mean(tasks, RATE, seed).orElseThrow().interval().contains(0.5) ? 1 : 0;
    }

    private static List<Observed> runs(int tasks, int seeds, SplittableRandom random) {
        List<Observed> runs = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            double difficulty = random.nextDouble() < 0.5 ? 0.1 : 0.9;
            for (int seed = 0; seed < seeds; seed++) {
                runs.add(Observed.of("t" + task, seed, random.nextDouble() < difficulty));
            }
        }
        return runs;
    }

    private static PerTask bernoulli(int tasks, int seeds, double p, SplittableRandom random) {
        List<Observed> runs = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            for (int seed = 0; seed < seeds; seed++) {
                runs.add(Observed.of("t" + task, seed, random.nextDouble() < p));
            }
        }
        return PerTask.of(runs);
    }
}
