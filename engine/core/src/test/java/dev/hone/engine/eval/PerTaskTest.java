package dev.hone.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PerTaskTest {

    @Test
    void eachTaskWeighsTheSameHoweverManySeedsItHas() {
        PerTask tasks = PerTask.of(List.of(
                new Observed("b", 1, 1), new Observed("a", 1, 0), new Observed("a", 2, 1), new Observed("a", 3, 1)));
        assertThat(tasks.means()).containsExactly(Map.entry("b", 1.0), Map.entry("a", 2.0 / 3));
        assertThat(tasks.observations()).isEqualTo(4);
    }

    @Test
    void differencesAreTakenRunByRunAndWhatHasNoPartnerIsLeftOut() {
        PerTask tasks = PerTask.differences(
                List.of(
                        new Observed("a", 1, 1),
                        new Observed("a", 2, 1),
                        new Observed("b", 1, 0),
                        new Observed("c", 1, 1)),
                List.of(
                        new Observed("b", 1, 1),
                        new Observed("a", 2, 1),
                        new Observed("a", 1, 0),
                        new Observed("a", 9, 0)));
        assertThat(tasks.means()).containsExactly(Map.entry("a", 0.5), Map.entry("b", -1.0));
        assertThat(tasks.observations()).isEqualTo(3);
        assertThat(tasks.unpaired()).isEqualTo(2);
    }
}
