package dev.hone.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class EProcessProperties {

    private static final double ALPHA = 0.05;

    /** The defining property, exactly and not by simulation: in a world with two outcomes and mean 0, one more task never helps. */
    @Property(tries = 200)
    void underTheNullTheNextTaskIsWorthNothingOnAverage(
            @ForAll @Size(max = 30) List<@DoubleRange(min = -1, max = 1) Double> seen,
            @ForAll @DoubleRange(min = 0.01, max = 1) double gain,
            @ForAll @DoubleRange(min = 0.01, max = 1) double loss) {
        EProcess now = EProcess.of(0, seen);
        double probability = loss / (gain + loss); // of the gain, so that the mean is 0
        double next = probability * now.seen(gain).eValue()
                + (1 - probability) * now.seen(-loss).eValue();
        assertThat(next).isCloseTo(now.eValue(), within(1e-9 * now.eValue()));
    }

    @Property(tries = 100)
    void theOrderOfTheTasksDoesNotMatter(
            @ForAll @Size(max = 40) List<@DoubleRange(min = -1, max = 1) Double> seen, @ForAll long seed) {
        List<Double> other = new ArrayList<>(seen);
        Collections.shuffle(other, new Random(seed));
        double e = EProcess.of(0, seen).eValue();
        assertThat(EProcess.of(0, other).eValue()).isCloseTo(e, within(1e-9 * e));
    }

    @Property(tries = 100)
    void moreIsHarderToShowThanLess(
            @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -1, max = 1) Double> seen,
            @ForAll @DoubleRange(min = -0.9, max = 0.8) double margin) {
        assertThat(EProcess.of(margin + 0.1, seen).eValue())
                .isLessThanOrEqualTo(EProcess.of(margin, seen).eValue() * (1 + 1e-12));
    }

    @Property(tries = 60)
    void theConfidenceSequenceHoldsTheMeanThatWasSeen(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = -1, max = 1) Double> seen) {
        double mean = seen.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        Interval interval = ConfidenceSequence.interval(seen, ALPHA);
        assertThat(mean).isBetween(interval.low() - 1e-5, interval.high() + 1e-5);
        assertThat(interval.low()).isGreaterThanOrEqualTo(-1);
        assertThat(interval.high()).isLessThanOrEqualTo(1);
    }

    @Property(tries = 60)
    void theTasksThatAreSaidToBeMissingAreMissing(
            @ForAll @Size(min = 2, max = 10) List<@DoubleRange(min = -0.5, max = 1) Double> seen) {
        EProcess now = EProcess.of(0, seen);
        now.tasksMissing(ALPHA).ifPresent(missing -> {
            int whole = missing / seen.size() + 1;
            if (whole > 200) {
                return;
            }
            EProcess later = now;
            for (int i = 0; i < whole; i++) {
                for (double difference : seen) {
                    later = later.seen(difference);
                }
            }
            assertThat(later.rejects(ALPHA)).as("after %d more", missing).isTrue();
        });
    }
}
