package dev.hone.connectors.local.game24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.game24.Game24Check.Input;
import dev.hone.connectors.local.game24.Game24Check.Line;
import dev.hone.connectors.local.game24.Game24Check.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Game24CheckTest extends ConnectorContract<Input, Output> {

    private static final List<Integer> NUMBERS = List.of(3, 3, 8, 8);

    @Override
    protected Connector<Input, Output> connector() {
        return new Game24Check();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(
                // The only way leads through fractions.
                new Example<>(
                        new Input(NUMBERS, "8 / 3 = 8/3; 3 - 8/3 = 1/3; 8 / 1/3 = 24"),
                        new Output(
                                true,
                                1,
                                List.of("24"),
                                List.of(
                                        new Line("8 / 3 = 8/3", List.of("3", "8", "8/3")),
                                        new Line("3 - 8/3 = 1/3", List.of("8", "1/3")),
                                        new Line("8 / 1/3 = 24", List.of("24"))),
                                "")),
                new Example<>(
                        new Input(NUMBERS, "8 + 8\n3 * 3\n16 + 9"),
                        new Output(
                                false,
                                0.5,
                                List.of("25"),
                                List.of(
                                        new Line("8 + 8 = 16", List.of("3", "3", "16")),
                                        new Line("3 * 3 = 9", List.of("16", "9")),
                                        new Line("16 + 9 = 25", List.of("25"))),
                                "")));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "three numbers", new Input(List.of(1, 2, 3), ""),
                "a number below", new Input(List.of(0, 2, 3, 4), ""),
                "a number above", new Input(List.of(100, 2, 3, 4), ""));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "8 * 3 = 24,                        ''",
                "8 * 3 = 25,                        comes out as 24",
                "8 * 3 = 24; 8 * 3 = 24; 8 * 3 = 24, a number that is not left",
                "3 - 3 = 0; 8 / 0,                  divides by zero",
                "8 % 3,                             none of + - * /",
                "I give up.,                        is no step",
                "9999999999 + 1,                    no number to reckon with",
            })
    void an_attempt_that_breaks_a_rule_or_has_no_end_is_worth_nothing_and_says_why(String attempt, String why)
            throws ConnectorException {
        Output output = new Game24Check().run(new Input(NUMBERS, attempt), CallContext.standalone(1));
        assertThat(output.pass()).isFalse();
        assertThat(output.fraction()).isZero();
        assertThat(output.error()).contains(why.replace("''", ""));
    }

    @Test
    void what_was_played_before_a_broken_rule_is_shown() throws ConnectorException {
        Output output = new Game24Check().run(new Input(NUMBERS, "8 - 3 = 5; 9 + 1 = 10"), CallContext.standalone(1));
        assertThat(output.trace()).containsExactly(new Line("8 - 3 = 5", List.of("3", "8", "5")));
        assertThat(output.left()).containsExactly("3", "8", "5");
    }

    @Test
    void a_text_without_end_is_not_read() throws ConnectorException {
        String endless = "8 * 3 = 24; ".repeat(1000);
        assertThat(new Game24Check()
                        .run(new Input(NUMBERS, endless), CallContext.standalone(1))
                        .error())
                .contains("at most 2000 characters");
    }
}
