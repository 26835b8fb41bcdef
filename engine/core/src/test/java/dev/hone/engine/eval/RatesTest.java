package dev.hone.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against published values. */
class RatesTest {

    @Test
    void wilsonIntervalsAreThoseOfTheTables() {
        // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
        assertInterval(81, 263, 0.2553, 0.3662);
        assertInterval(15, 148, 0.0624, 0.1605);
        assertInterval(0, 20, 0, 0.1611);
        assertInterval(1, 29, 0.0061, 0.1718);
    }

    @Test
    void anIntervalOfNothingIsEverything() {
        assertThat(Wilson.interval(0, 0)).isEqualTo(new Interval(0, 1));
    }

    @Test
    void moreHitsThanTrialsAreRefused() {
        assertThatThrownBy(() -> Wilson.interval(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSignTestIsTheExactBinomialOne() {
        assertThat(SignTest.p(0, 0)).isEqualTo(1);
        assertThat(SignTest.p(5, 0)).isCloseTo(2.0 / 32, within(1e-12));
        assertThat(SignTest.p(1, 8)).isCloseTo(2 * (1.0 + 9) / 512, within(1e-12));
        assertThat(SignTest.p(3, 3)).isEqualTo(1);
    }

    @Test
    void theSignTestHoldsForThousandsOfDifferences() {
        // By the normal approximation with continuity correction: z = (1100 - 1000 - 0.5) / sqrt(500).
        assertThat(SignTest.p(1100, 900)).isCloseTo(8.6e-6, within(3e-7));
    }

    private static void assertInterval(int hits, int n, double low, double high) {
        Interval interval = Wilson.interval(hits, n);
        assertThat(interval.low()).isCloseTo(low, within(0.0001));
        assertThat(interval.high()).isCloseTo(high, within(0.0001));
    }
}
