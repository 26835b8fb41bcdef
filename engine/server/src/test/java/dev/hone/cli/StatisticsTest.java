package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against published values. */
class StatisticsTest {

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
        assertThat(Statistics.wilson(0, 0)).isEqualTo(new Statistics.Interval(0, 1));
    }

    @Test
    void theSignTestIsTheExactBinomialOne() {
        assertThat(Statistics.signTest(0, 0)).isEqualTo(1);
        assertThat(Statistics.signTest(5, 0)).isEqualTo(2.0 / 32);
        assertThat(Statistics.signTest(1, 8)).isEqualTo(2 * (1.0 + 9) / 512);
        assertThat(Statistics.signTest(3, 3)).isEqualTo(1);
    }

    private static void assertInterval(int hits, int n, double low, double high) {
        Statistics.Interval interval = Statistics.wilson(hits, n);
        assertThat(interval.low()).isCloseTo(low, within(0.0001));
        assertThat(interval.high()).isCloseTo(high, within(0.0001));
    }
}
