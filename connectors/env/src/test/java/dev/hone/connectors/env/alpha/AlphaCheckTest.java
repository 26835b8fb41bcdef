package dev.hone.connectors.env.alpha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.Connector;
import dev.hone.connectors.env.alpha.AlphaCheck.Input;
import dev.hone.connectors.env.alpha.AlphaCheck.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlphaCheckTest extends ConnectorContract<Input, Output> {

    private static final List<String> WORDS = List.of("pear", "fig", "lemon", "apple");

    @Override
    protected Connector<Input, Output> connector() {
        return new AlphaCheck();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(
                new Example<>(new Input(WORDS, "apple, fig lemon\npear"), new Output(true, 1, List.of())),
                new Example<>(
                        new Input(WORDS, "apple fig pear"),
                        new Output(false, 0.75, List.of("The word lemon is missing."))),
                new Example<>(
                        new Input(WORDS, "fig apple fig plum pear"),
                        new Output(
                                false,
                                0.6,
                                List.of(
                                        "The word plum is not in the list.",
                                        "The word fig is repeated.",
                                        "The word lemon is missing.",
                                        "The word apple is in the wrong place."))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "no word", new Input(List.of(), "apple"),
                "a word twice", new Input(List.of("fig", "fig"), "fig fig"),
                "too many words", new Input(Collections.nCopies(201, "fig"), "fig"),
                "too long a draft", new Input(WORDS, "x".repeat(20_001)));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    /** Who moves the named words, and no others, has put the list in order. */
    @ParameterizedTest
    @CsvSource({
        "apple fig pear lemon, 1",
        "lemon apple fig pear, 1",
        "pear lemon fig apple, 3",
        "fig apple pear lemon, 2",
    })
    void asFewWordsAsCanBeAreInTheWrongPlace(String draft, int misplaced) {
        assertThat(AlphaCheck.remarks(WORDS, AlphaCheck.words(draft)))
                .hasSize(misplaced)
                .allMatch(remark -> remark.endsWith("is in the wrong place."));
    }
}
