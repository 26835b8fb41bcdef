package dev.hone.connectors.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; PT0S",
                " 120 ; PT2M",
                "Wed, 21 Oct 2026 07:28:30 GMT; PT30S",
                "Wed, 21 Oct 2026 07:27:00 GMT; PT0S",
                "soon;",
                "-3;",
                "99999999999999;"
            })
    void it_is_seconds_or_a_date(String value, Duration expected) {
        assertThat(RetryAfter.of(value, Instant.parse("2026-10-21T07:28:00Z")))
                .isEqualTo(Optional.ofNullable(expected));
    }
}
