package dev.hone.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RevisionsTest {

    @Test
    void everyStepFromAnAnswerToTheNextIsCounted() {
        Revisions counted = Revisions.of(List.of(
                List.of(true, true, false),
                List.of(false, true),
                List.of(false, false, false),
                List.of(true),
                List.of()));
        assertThat(counted).isEqualTo(new Revisions(1, 1, 1, 2));
        assertThat(counted.staysRight()).isEqualTo(new Rate(1, 2));
        assertThat(counted.becomesRight()).isEqualTo(new Rate(1, 3));
    }

    @Test
    void whereNothingWasRightNothingIsKnownOfKeepingIt() {
        assertThat(Revisions.of(List.of(List.of(false, false))).staysRight().interval())
                .isEqualTo(new Interval(0, 1));
    }

    @Test
    void aFalsePassPassesWhatIsSeenAndFailsWhatIsSealed() {
        FalsePasses counted = FalsePasses.NONE
                .and(FalsePasses.of(true, true))
                .and(FalsePasses.of(true, false))
                .and(FalsePasses.of(false, true))
                .and(FalsePasses.of(false, false));
        assertThat(counted).isEqualTo(new FalsePasses(1, 1, 1, 1));
        assertThat(counted.rate()).isEqualTo(new Rate(1, 2));
    }
}
