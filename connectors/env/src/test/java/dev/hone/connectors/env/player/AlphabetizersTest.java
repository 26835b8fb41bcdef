package dev.hone.connectors.env.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.alpha.AlphaCheck;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who put words into alphabetical order err as they say. */
class AlphabetizersTest {

    private static final int SEEDS = 400;
    private static final String WORDS =
            "[\"pear\", \"fig\", \"lemon\", \"apple\", \"melon\", \"olive\", \"plum\", \"berry\"]";
    private static final List<String> LIST = AlphaCheck.words("pear fig lemon apple melon olive plum berry");
    private static final String RIGHT = "apple berry fig lemon melon olive pear plum";

    /** How often each reply came, as a part of all. */
    private static Map<String, Double> replies(String player, String more) {
        return LongStream.range(0, SEEDS)
                .mapToObj(seed -> reply(player, more, seed))
                .collect(Collectors.groupingBy(reply -> reply, Collectors.summingDouble(reply -> 1.0 / SEEDS)));
    }

    private static String reply(String player, String more, long seed) {
        try {
            return Asked.reply(player, "{\"words\": " + WORDS + more + "}", seed);
        } catch (ConnectorException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSorterIsOftenRightAndItsMistakesAreOfEveryKind() {
        Map<String, Double> drafts = replies("sorter", "");

        assertThat(drafts.get(RIGHT)).isBetween(0.2, 0.5);
        assertThat(drafts.keySet().stream()
                        .flatMap(draft -> AlphaCheck.remarks(LIST, AlphaCheck.words(draft)).stream())
                        .map(remark -> remark.replaceFirst("The word \\S+ ", ""))
                        .distinct())
                .containsExactlyInAnyOrder("is repeated.", "is missing.", "is in the wrong place.");
    }

    @Test
    void aProofreaderIsMistakenInOneSentenceOfFive() {
        Map<String, Double> remarks = replies("proofreader", ", \"draft\": \"apple berry fig lemon melon pear plum\"");

        assertThat(remarks.get("The word olive is missing.")).isBetween(0.73, 0.87);
        assertThat(replies("proofreader", ", \"draft\": \"" + RIGHT + "\"").get("no issue"))
                .isBetween(0.73, 0.87);
    }

    @ParameterizedTest
    @CsvSource({
        "apple berry fig lemon melon pear plum,                   The word olive is missing.",
        "apple berry fig fig lemon melon olive pear plum,         The word fig is repeated.",
        "apple berry cherry fig lemon melon olive pear plum,      The word cherry is not in the list.",
        "plum apple berry fig lemon melon olive pear,             The word plum is in the wrong place.",
    })
    void aMenderDoesWhatItIsTold(String draft, String remark) {
        Map<String, Double> mended =
                replies("mender", ", \"draft\": \"" + draft + "\", \"remark\": \"" + remark + "\"");

        assertThat(mended.get(RIGHT)).isGreaterThan(0.75);
    }

    @Test
    void withoutARemarkAMenderMovesSomeWord() {
        assertThat(replies("mender", ", \"draft\": \"" + RIGHT + "\"").get(RIGHT))
                .isBetween(0.6, 0.95);
    }

    @Test
    void nothingToSortIsRefused() {
        assertThatThrownBy(() -> Asked.reply("sorter", "{\"words\": []}", 1)).hasMessageContaining("there are 0 words");
    }
}
