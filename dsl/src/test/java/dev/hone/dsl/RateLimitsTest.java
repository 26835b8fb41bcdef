package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTest {

    @Test
    void each_provider_has_its_own_limits_and_all_others_the_standard() {
        String text = """
                limits:
                  openai: {requests: 500, tokens: 200000, concurrent: 8}
                  ollama: {concurrent: 2}
                """;
        assertThat(RateLimits.read("l.yaml", text)).isInstanceOfSatisfying(RateLimits.Listing.Read.class, read -> {
            assertThat(read.limits().of("openai"))
                    .isEqualTo(new RateLimits.Limit(OptionalInt.of(500), OptionalInt.of(200_000), OptionalInt.of(8)));
            assertThat(read.limits().of("ollama"))
                    .isEqualTo(new RateLimits.Limit(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(2)));
            assertThat(read.limits().of("mistral")).isEqualTo(RateLimits.DEFAULT);
        });
        assertThat(RateLimits.NONE.of("openai").concurrent()).hasValue(64);
    }

    @Test
    void a_day_has_limits_for_all_and_for_tenants() {
        String text = """
                day:
                  all: {usd: 20.5, calls: 1000}
                  tenant: {usd: 5}
                  tenants: {acme: {tokens: 0}}
                """;
        assertThat(RateLimits.read("l.yaml", text)).isInstanceOfSatisfying(RateLimits.Listing.Read.class, read -> {
            DayLimits day = read.limits().day();
            assertThat(day.all())
                    .isEqualTo(new DayLimits.Limit(
                            OptionalLong.of(1_000), OptionalLong.empty(), OptionalLong.of(20_500_000)));
            assertThat(day.of("acme").tokens()).hasValue(0);
            assertThat(day.of("acme").microUsd()).isEmpty();
            assertThat(day.of("anyone").microUsd()).hasValue(5_000_000);
            assertThat(read.limits().of("openai")).isEqualTo(RateLimits.DEFAULT);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{limits: {openai: {concurrent: 0}}}; l.yaml:1:32: WRONG_TYPE",
                "{limits: {openai: {rpm: 5}}}; l.yaml:1:20: UNKNOWN_KEY",
                "{limits: {openai: {}}}; l.yaml:1:19: MISSING_KEY",
                "{limits: {Open AI: {concurrent: 1}}}; l.yaml:1:11: BAD_NAME",
                "{}; l.yaml:1:1: MISSING_KEY",
                "{day: {}}; l.yaml:1:7: MISSING_KEY",
                "{day: {all: {}}}; l.yaml:1:13: MISSING_KEY",
                "{day: {all: {usd: -1}}}; l.yaml:1:19: WRONG_TYPE",
                "{day: {tenants: {Acme Inc: {usd: 1}}}}; l.yaml:1:18: BAD_NAME"
            })
    void what_is_wrong_with_limits_has_its_place(String text, String problem) {
        assertThat(RateLimits.read("l.yaml", text))
                .isInstanceOfSatisfying(
                        RateLimits.Listing.Refused.class,
                        refused -> assertThat(refused.problems().getFirst().toString())
                                .startsWith(problem));
    }
}
