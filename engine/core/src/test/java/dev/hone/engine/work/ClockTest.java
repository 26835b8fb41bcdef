package dev.hone.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockTest {

    private final Clock clock = new Clock();

    private void hear(EventKind kind, int second) {
        clock.hear(new RunEvent("r", second, "run", "", 1, kind, Instant.ofEpochSecond(second), "{}"));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void theTimeOfAPauseDoesNotCount() {
        hear(EventKind.RUN_STARTED, 100);
        hear(EventKind.OUTPUT, 105);
        assertThat(clock.used()).as("its broker counts").isEqualTo(Duration.ZERO);
        hear(EventKind.RUN_PAUSED, 110);
        hear(EventKind.OUTPUT, 111);
        assertThat(clock.used()).isEqualTo(seconds(10));
        hear(EventKind.RUN_RESUMED, 500);
        hear(EventKind.RUN_STARTED, 502);
        assertThat(clock.stood()).isEqualTo(seconds(390));
        hear(EventKind.RUN_PAUSED, 506);
        assertThat(clock.used()).isEqualTo(seconds(14));
        hear(EventKind.RUN_RESUMED, 507);
        assertThat(clock.stood()).isEqualTo(seconds(391));
    }

    @Test
    void whoGoesOnAfterTheEndHasItsTimeAnew() {
        hear(EventKind.RUN_STARTED, 100);
        hear(EventKind.RUN_PAUSED, 110);
        hear(EventKind.RUN_RESUMED, 200);
        hear(EventKind.RUN_STARTED, 200);
        hear(EventKind.RUN_FINISHED, 250);
        hear(EventKind.RUN_RESUMED, 300);
        hear(EventKind.RUN_STARTED, 300);
        assertThat(clock.used()).isEqualTo(Duration.ZERO);
        assertThat(clock.stood()).isEqualTo(seconds(90));
        hear(EventKind.RUN_PAUSED, 307);
        assertThat(clock.used()).isEqualTo(seconds(7));
    }

    @Test
    void aRunThatIsPausedBeforeItsStartHasUsedNothing() {
        hear(EventKind.RUN_PAUSED, 10);
        hear(EventKind.RUN_RESUMED, 30);
        hear(EventKind.RUN_STARTED, 30);
        hear(EventKind.RUN_PAUSED, 31);
        assertThat(clock.used()).isEqualTo(seconds(1));
        assertThat(clock.stood()).isEqualTo(seconds(20));
    }
}
