package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {

    private static final String LIST = """
            prices: 2026-11-24
            models:
              openai/gpt-x: {input: 2, cached: 0.5, output: 8}
              openai/gpt-*: {input: 9, output: 9}
              openai/*: {input: 10, output: 10}
            """;

    @Test
    void a_list_has_a_date_and_prices() {
        assertThat(Prices.read("p.yaml", LIST)).isInstanceOfSatisfying(Prices.Listing.Read.class, list -> {
            assertThat(list.date()).isEqualTo(LocalDate.of(2026, 11, 24));
            assertThat(list.models()).hasSize(3).containsEntry("openai/gpt-x", price(2, Optional.of("0.5"), 8));
        });
    }

    @ParameterizedTest
    @CsvSource({"openai/gpt-x, 2", "openai/gpt-y, 9", "openai/gpt-xy, 9", "openai/o1, 10", "ollama/gpt-x,"})
    void the_longest_name_that_fits_counts(String model, BigDecimal input) {
        assertThat(shipped().of(model, false).map(Slot.Price::input)).isEqualTo(Optional.ofNullable(input));
    }

    @Test
    void the_shipped_price_holds_at_the_providers_own_address_only_and_the_users_everywhere() {
        Prices both = shipped().withOwn(Map.of("openai/gpt-x", price(1, Optional.empty(), 1)));
        assertThat(shipped().of("openai/gpt-x", true)).isEmpty();
        assertThat(both.of("openai/gpt-x", true)).contains(price(1, Optional.empty(), 1));
        assertThat(both.of("openai/gpt-x", false)).contains(price(1, Optional.empty(), 1));
        assertThat(both.of("openai/gpt-y", false)).map(Slot.Price::input).contains(BigDecimal.valueOf(9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{prices: soon, models: {a/b: {input: 1, output: 1}}}; p.yaml:1:10: BAD_NAME",
                "{prices: 2026-01-01, models: {}}; p.yaml:1:30: MISSING_KEY",
                "{prices: 2026-01-01, models: {b: {input: 1, output: 1}}}; p.yaml:1:31: BAD_NAME",
                "{prices: 2026-01-01, models: {a/b: {input: 1}}}; p.yaml:1:36: MISSING_KEY",
                "{prices: 2026-01-01, models: {a/b: {input: -1, output: 1}}}; p.yaml:1:44: WRONG_TYPE",
                "{prices: 2026-01-01, models: {a/b: free}}; p.yaml:1:36: WRONG_TYPE",
                "[; p.yaml:1:2: YAML_SYNTAX"
            })
    void what_is_wrong_with_a_list_has_its_place(String text, String problem) {
        assertThat(Prices.read("p.yaml", text)).isInstanceOfSatisfying(Prices.Listing.Refused.class, refused -> {
            assertThat(refused.problems().getFirst().toString()).startsWith(problem);
        });
    }

    @Test
    void a_day_that_no_month_has_is_its_last() {
        assertThat(Prices.read("p", "{prices: 2026-02-30, models: {a/b: {input: 1, output: 1}}}"))
                .isInstanceOfSatisfying(
                        Prices.Listing.Read.class,
                        list -> assertThat(list.date()).isEqualTo(LocalDate.of(2026, 2, 28)));
    }

    @Test
    void a_budget_in_money_is_sound_when_the_list_knows_the_model() {
        String text = """
                hone: 1
                name: haiku
                slots: {poet: {kind: model, init: openai/gpt-x%s}}
                budget: {money: 0.5}
                flow:
                  - call: {role: poet, prompt: "Write a haiku."}
                """;
        Vocabulary without = FixtureTest.VOCABULARY;
        Vocabulary with = new Vocabulary(
                without.tools(), without.providers(), without.policies(), without.embedders(), false, shipped());
        assertThat(codes(text.formatted(""), without)).containsExactly(ProblemCode.UNKNOWN_PRICE);
        assertThat(codes(text.formatted(""), with)).isEmpty();
        assertThat(codes(text.formatted(", baseUrl: \"http://localhost:1/v1\""), with))
                .containsExactly(ProblemCode.UNKNOWN_PRICE);
    }

    @Test
    void what_comes_with_hone_needs_no_price() {
        Vocabulary without = FixtureTest.VOCABULARY;
        Vocabulary free = new Vocabulary(
                without.tools(),
                Set.of("local", "player"),
                without.policies(),
                without.embedders(),
                false,
                Prices.NONE);
        String text = """
                hone: 1
                name: game
                slots: {one: {kind: model, init: local/a}, other: {kind: model, init: player/b}}
                budget: {money: 0.5}
                flow:
                  - call: {id: first, role: one, prompt: Begin.}
                  - call: {id: second, role: other, prompt: Answer.}
                """;
        assertThat(codes(text, free)).isEmpty();
    }

    private static List<ProblemCode> codes(String text, Vocabulary vocabulary) {
        return FixtureTest.problems("f", text, vocabulary).stream()
                .map(Problem::code)
                .toList();
    }

    private static Prices shipped() {
        return switch (Prices.read("p.yaml", LIST)) {
            case Prices.Listing.Read(var date, var models) -> new Prices(Optional.of(date), models, Map.of());
            case Prices.Listing.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static Slot.Price price(int input, Optional<String> cached, int output) {
        return new Slot.Price(BigDecimal.valueOf(input), cached.map(BigDecimal::new), BigDecimal.valueOf(output));
    }
}
