package dev.hone.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PassCurveTest {

    private static final Progress EARLY = progress("a", new Progress.Step(10, true));
    private static final Progress LATE =
            progress("b", new Progress.Step(10, false), new Progress.Step(30, true), new Progress.Step(40, false));

    @Test
    void aRunIsAsRightAsItsLastStepThatTheBudgetPays() {
        assertThat(LATE.rightAt(9)).isFalse();
        assertThat(LATE.rightAt(29)).isFalse();
        assertThat(LATE.rightAt(30)).isTrue();
        assertThat(LATE.rightAt(100)).as("it lost it again").isFalse();
    }

    @Test
    void theCurveIsTheMeanOverTasks() {
        List<PassCurve.Point> curve = PassCurve.of(List.of(EARLY, LATE), 40, 4, 1);
        assertThat(curve).extracting(PassCurve.Point::spent).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
        assertThat(curve).extracting(point -> point.success().mean()).containsExactly(0.0, 0.5, 0.5, 1.0, 0.5);
        assertThat(curve)
                .allSatisfy(point -> assertThat(point.success()
                                .interval()
                                .contains(point.success().mean()))
                        .isTrue());
    }

    @Test
    void theAreaIsTheShareOfBudgetsThatSucceed() {
        assertThat(EARLY.area(40)).isCloseTo(0.75, within(1e-12));
        assertThat(LATE.area(40)).isCloseTo(0.25, within(1e-12));
        assertThat(LATE.area(35)).isCloseTo(5.0 / 35, within(1e-12));
        assertThat(EARLY.area(5)).isZero();
        assertThat(PassCurve.areas(List.of(EARLY, LATE), 40))
                .extracting(Observed::value)
                .containsExactly(0.75, 0.25);
    }

    @Test
    void armsAreComparedAtTheSameBudget() {
        List<Progress> fast = List.of(EARLY, progress("b", new Progress.Step(10, true)));
        List<Progress> slow =
                List.of(progress("a", new Progress.Step(90, true)), progress("b", new Progress.Step(90, true)));
        assertThat(PerTask.differences(PassCurve.at(fast, 50), PassCurve.at(slow, 50))
                        .values())
                .containsExactly(1.0, 1.0);
        assertThat(PerTask.differences(PassCurve.at(fast, 90), PassCurve.at(slow, 90))
                        .values())
                .containsExactly(0.0, 0.0);
    }

    @Test
    void noRunsHaveNoCurve() {
        assertThat(PassCurve.of(List.of(), 10, 5, 1)).isEmpty();
        assertThat(PassCurve.most(List.of())).isZero();
        assertThat(PassCurve.most(List.of(EARLY, LATE, progress("c")))).isEqualTo(40);
    }

    @Test
    void whatIsSpentIsNotGivenBack() {
        assertThatThrownBy(() -> progress("a", new Progress.Step(10, true), new Progress.Step(9, true)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Progress progress(String task, Progress.Step... steps) {
        return new Progress(task, 1, List.of(steps));
    }
}
