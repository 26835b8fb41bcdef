package dev.hone.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.dsl.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** On a clock that the test moves. */
class ThrottleTest {

    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private final InstantSource clock = () -> now;

    @Test
    void without_limits_everybody_enters() {
        Throttle throttle = throttle(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        for (int i = 0; i < 1_000; i++) {
            assertThat(throttle.enter(1_000_000)).isNotNull();
        }
    }

    @Test
    void requests_over_the_minutes_number_come_again_when_one_is_free() {
        Throttle throttle = throttle(OptionalInt.of(6), OptionalInt.empty(), OptionalInt.empty());
        for (int i = 0; i < 6; i++) {
            throttle.enter(1).close();
        }
        Postponed later = postponed(throttle, 1);
        assertThat(later.pause()).isEqualTo(Duration.ofSeconds(10));
        assertThat(later).hasMessage("the server has had as many requests as it may have in a minute");
        now = now.plusSeconds(10);
        throttle.enter(1).close();
        postponed(throttle, 1);
    }

    @Test
    void a_call_that_used_less_than_it_might_gives_the_rest_back() {
        Throttle throttle = throttle(OptionalInt.empty(), OptionalInt.of(1_000), OptionalInt.empty());
        try (Throttle.Pass pass = throttle.enter(900)) {
            postponed(throttle, 200);
            pass.used(100);
        }
        throttle.enter(900).close();
        assertThat(postponed(throttle, 600).pause()).isEqualTo(Duration.ofSeconds(36));
    }

    @Test
    void a_call_that_alone_is_over_the_limit_waits_for_the_whole_of_it_and_not_for_ever() {
        Throttle throttle = throttle(OptionalInt.empty(), OptionalInt.of(1_000), OptionalInt.empty());
        throttle.enter(50_000).close();
        assertThat(postponed(throttle, 50_000).pause()).isEqualTo(Duration.ofMinutes(1));
        now = now.plusSeconds(60);
        assertThat(throttle.enter(50_000)).isNotNull();
    }

    @Test
    void who_is_refused_tokens_takes_no_request() {
        Throttle throttle = throttle(OptionalInt.of(2), OptionalInt.of(100), OptionalInt.of(2));
        throttle.enter(100).close();
        for (int i = 0; i < 5; i++) {
            postponed(throttle, 100);
        }
        now = now.plusSeconds(60);
        assertThat(throttle.enter(50)).isNotNull();
        assertThat(throttle.enter(50)).isNotNull();
    }

    @Test
    void there_is_room_for_so_many_at_a_time() {
        Throttle throttle = throttle(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(2));
        Throttle.Pass first = throttle.enter(1);
        throttle.enter(1);
        assertThat(postponed(throttle, 1)).hasMessage("the server has as many calls as it may have at a time");
        first.close();
        assertThat(throttle.enter(1)).isNotNull();
    }

    @Test
    void who_asks_to_come_back_later_is_left_alone_by_all_until_then() {
        Throttle throttle = throttle(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        throttle.close(Duration.ofSeconds(30));
        throttle.close(Duration.ofSeconds(5));
        assertThat(postponed(throttle, 1).pause()).isEqualTo(Duration.ofSeconds(30));
        now = now.plusSeconds(29);
        assertThat(postponed(throttle, 1).pause()).isEqualTo(Duration.ofSeconds(1));
        now = now.plusSeconds(1);
        assertThat(throttle.enter(1)).isNotNull();
    }

    @Test
    void nobody_is_left_alone_for_longer_than_a_run_would_wait() {
        Throttle throttle = throttle(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        throttle.close(Duration.ofDays(4_000));
        assertThat(postponed(throttle, 1).pause()).isEqualTo(Retries.PATIENCE);
    }

    private Throttle throttle(OptionalInt requests, OptionalInt tokens, OptionalInt concurrent) {
        return new Throttle("the server", new RateLimits.Limit(requests, tokens, concurrent), clock);
    }

    private static Postponed postponed(Throttle throttle, long tokens) {
        return catchThrowableOfType(Postponed.class, () -> throttle.enter(tokens));
    }
}
