package dev.hone.connectors.embed.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FollowerTest {

    private static final MiniLmProvider PROVIDER = new MiniLmProvider();

    static ModelRequest asked(String prompt, double temperature) {
        return new ModelRequest(List.of(new Message(Speaker.USER, prompt)), "{}", Optional.of(temperature), 50);
    }

    private static String said(String prompt, double temperature, long seed) throws ConnectorException {
        return PROVIDER.open("follower", ModelSettings.DEFAULT)
                .generate(asked(prompt, temperature), CallContext.standalone(seed))
                .text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sort this list from A to Z.                       | pear fig apple   | apple fig pear",
                "Write the word with its letters backwards.        | pear             | raep",
                "Turn this singular noun into a plural.            | berry            | berries",
                "How many vowels does the word have?               | banana           | 3",
                "Put the words into capital letters.               | pear fig         | PEAR FIG",
                "What is the acronym of these words?               | round red apple  | RRA",
                "Which of the words is the longest one?            | pear fig bananas | bananas",
            })
    void aClearInstructionIsFollowedWhateverItsWords(String instruction, String item, String answer) throws Exception {
        assertThat(said(instruction + "\n\nInput: " + item + "\nOnly the answer.", 0, 1))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @EnumSource
    void itsOwnSentenceIsFollowedMostOfTheTime(Skill skill) {
        String prompt = skill.description() + "\nInput: plum cherry fig";
        assertThat(LongStream.range(0, 20).filter(seed -> likelySaid(prompt, seed, skill)))
                .hasSizeGreaterThan(14);
    }

    private static boolean likelySaid(String prompt, long seed, Skill skill) {
        try {
            return said(prompt, 1, seed).equals(skill.apply("plum cherry fig"));
        } catch (ConnectorException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aVagueInstructionBringsForthThisAndThat() throws Exception {
        String prompt = "Do the thing with the words.\nInput: plum cherry fig";
        List<String> all = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            all.add(said(prompt, 1, seed));
        }
        assertThat(new HashSet<>(all)).hasSizeGreaterThan(2);
    }

    @Test
    void withoutTheMarkTheLastLineIsTheItem() throws Exception {
        assertThat(said("Sort the words alphabetically.\npear fig", 0, 1)).isEqualTo("fig pear");
    }

    @Test
    void aPromptWithoutAnItemIsRefused() {
        assertThatThrownBy(() -> said("Sort the words.\nInput: ", 1, 1))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("nothing behind 'Input:'");
    }
}
