package dev.hone.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EProcessTest {

    @Test
    void beforeTheFirstTaskNothingIsKnown() {
        EProcess none = EProcess.of(0);
        assertThat(none.eValue()).isEqualTo(1);
        assertThat(none.rejects(0.05)).isFalse();
        assertThat(none.tasksMissing(0.05)).isEmpty();
        assertThat(ConfidenceSequence.interval(List.of(), 0.05).low()).isEqualTo(-1);
        assertThat(ConfidenceSequence.interval(List.of(), 0.05).high()).isEqualTo(1);
    }

    @Test
    void capitalSpreadOverAllBetsGrowsAsTheIntegralSays() {
        // Even bets on f in (0, 1) after n gains of 1 have the capital of the integral of (1 + f)^n: (2^(n+1) - 1) / (n
        // + 1).
        EProcess five = EProcess.of(0, Collections.nCopies(5, 1.0));
        assertThat(five.eValue()).isCloseTo((64.0 - 1) / 6, within(0.01));
        // One gain and one loss: the integral of 1 - f^2 is 2/3.
        assertThat(EProcess.of(0, List.of(1.0, -1.0)).eValue()).isCloseTo(2.0 / 3, within(0.001));
    }

    @Test
    void sevenTasksThatAreAllWonAreEnoughAndSixAreNot() {
        assertThat(EProcess.of(0, Collections.nCopies(6, 1.0)).rejects(0.05)).isFalse();
        assertThat(EProcess.of(0, Collections.nCopies(6, 1.0)).tasksMissing(0.05))
                .hasValue(1);
        assertThat(EProcess.of(0, Collections.nCopies(7, 1.0)).rejects(0.05)).isTrue();
        assertThat(EProcess.of(0, Collections.nCopies(7, 1.0)).tasksMissing(0.05))
                .hasValue(0);
    }

    @Test
    void whatIsLostOrEqualNeverShowsAGain() {
        assertThat(EProcess.of(0, Collections.nCopies(100, 0.0)).eValue()).isEqualTo(1);
        assertThat(EProcess.of(0, Collections.nCopies(100, 0.0)).tasksMissing(0.05))
                .isEmpty();
        assertThat(EProcess.of(0, Collections.nCopies(100, -0.5)).eValue()).isLessThan(0.1);
    }

    @Test
    void thousandsOfTasksDoNotOverflow() {
        assertThat(EProcess.of(0, Collections.nCopies(5_000, 1.0)).rejects(1e-9))
                .isTrue();
        assertThat(EProcess.of(0, Collections.nCopies(5_000, -1.0)).eValue()).isBetween(0.0, 0.01);
    }

    @Test
    void whatIsNoDifferenceIsRefused() {
        assertThatThrownBy(() -> EProcess.of(0).seen(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EProcess.of(0).seen(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EProcess.of(1)).isInstanceOf(IllegalArgumentException.class);
    }
}
