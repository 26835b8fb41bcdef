package dev.hone.connectors.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.exec.Syllables.Input;
import dev.hone.connectors.exec.Syllables.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyllablesTest extends ConnectorContract<Input, Output> {

    @Override
    protected Connector<Input, Output> connector() {
        return new Syllables();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(
                new Example<>(new Input("""
                                An old silent pond...
                                A frog jumps into the pond,
                                splash! Silence again.
                                """), new Output(List.of(5, 7, 5), true, true, List.of())),
                new Example<>(
                        new Input(
                                "  A lovely sunset\n\n  on the lake \u2014 7 fireflies\r\n  don\u2019t see the caf\u00e9  "),
                        new Output(List.of(5, 7, 5), true, true, List.of())),
                new Example<>(
                        new Input("A frog jumps into the pond\nan old silent pond\nsplash! Silence again."),
                        new Output(
                                List.of(7, 5, 5),
                                false,
                                false,
                                List.of("line 1 has 7 syllables, not 5", "line 2 has 5 syllables, not 7"))),
                new Example<>(
                        new Input("one line"),
                        new Output(
                                List.of(2),
                                false,
                                false,
                                List.of("there are 1 lines, not 3", "line 1 has 2 syllables, not 5"))),
                new Example<>(
                        new Input(" \n"), new Output(List.of(), false, false, List.of("there are 0 lines, not 3"))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of("too long", new Input("a".repeat(Texts.MAX_LENGTH + 1)));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @Test
    void the_words_that_were_counted_by_hand_are_counted_right() throws Exception {
        List<String> wrong = new ArrayList<>();
        int words = 0;
        try (var in = SyllablesTest.class.getResourceAsStream("syllables.txt")) {
            String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : file.lines().filter(l -> !l.startsWith("#")).toList()) {
                int count = Integer.parseInt(line.substring(0, line.indexOf(':')));
                for (String word : line.substring(line.indexOf(':') + 2).split(" ")) {
                    words++;
                    if (EnglishSyllables.ofWord(word) != count) {
                        wrong.add(word + " is " + count + ", not " + EnglishSyllables.ofWord(word));
                    }
                }
            }
        }
        assertThat(words).isGreaterThan(700);
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "A world of dew, 4",
        "the river's edges; the horse's hooves, 9",
        "the naïve fiancée, 6",
        "I didn't see 107 geese, 10",
        "brilliant-hued hibiscus, 6",
        "古池や, 0",
        "hmm... shh!, 2"
    })
    void a_line_is_the_sum_of_its_words(String line, int syllables) throws Exception {
        assertThat(new Syllables()
                        .run(new Input(line), CallContext.standalone(1))
                        .lines())
                .containsExactly(syllables);
    }

    @ParameterizedTest
    @ValueSource(strings = {"home", "a'", "a", "b", "1", ".\"", ".", " ", "\n", "\u00ef", "e\u0301"})
    @Timeout(10)
    void a_million_characters_of_anything_are_counted_in_seconds(String piece) throws Exception {
        String text = piece.repeat(Texts.MAX_LENGTH / piece.length() - 1) + "x";
        CallContext context = CallContext.standalone(1);
        assertThat(new Syllables().run(new Input(text), context).haiku()).isFalse();
        assertThat(new TextStats().run(new TextStats.Input(text), context).words())
                .isNotNegative();
    }
}
