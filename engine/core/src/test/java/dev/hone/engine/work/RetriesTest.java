package dev.hone.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetriesTest {

    @ParameterizedTest
    @EnumSource
    void what_a_later_try_may_mend_is_tried_again(Kind kind) {
        boolean again = Set.of(Kind.BUSY, Kind.UNREACHABLE, Kind.LOST).contains(kind);
        assertThat(pause(kind, null, 1).isPresent()).isEqualTo(again);
    }

    @ParameterizedTest
    @CsvSource({"1, 250", "2, 500", "3, 1000"})
    void the_pause_doubles_and_a_fifth_of_it_is_chance(int tries, long least) {
        Set<Duration> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Duration pause = pause(Kind.UNREACHABLE, null, tries).orElseThrow();
            assertThat(pause.toMillis()).isBetween(least, least + least / 5);
            seen.add(pause);
        }
        assertThat(seen).hasSizeGreaterThan(10);
    }

    @Test
    void the_fourth_failure_is_the_last() {
        assertThat(pause(Kind.BUSY, null, 4)).isEmpty();
    }

    @Test
    void who_says_when_to_come_back_is_never_asked_before() {
        for (int i = 0; i < 50; i++) {
            assertThat(pause(Kind.BUSY, Duration.ofSeconds(20), 1).orElseThrow())
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
        }
        assertThat(pause(Kind.BUSY, Duration.ZERO, 1).orElseThrow()).isGreaterThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void a_pause_beyond_all_patience_is_not_waited_for() {
        assertThat(pause(Kind.BUSY, Retries.PATIENCE, 1)).isPresent();
        assertThat(pause(Kind.BUSY, Retries.PATIENCE.plusSeconds(1), 1)).isEmpty();
    }

    private final SplittableRandom random = new SplittableRandom(1);

    private Optional<Duration> pause(Kind kind, @Nullable Duration asked, int tries) {
        return Retries.pause(new ConnectorException(kind, "what", "fix", asked, null), tries, Retries.PATIENCE, random);
    }
}
