package dev.hone.connectors.env.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WriterTest {

    private static String text(String instruction, String voice, long seed) {
        try {
            return Asked.reply(
                    "writer", "{\"instruction\": \"" + instruction + "\", \"voice\": \"" + voice + "\"}", seed);
        } catch (ConnectorException e) {
            throw new AssertionError(e);
        }
    }

    private static double words(String instruction, String voice) {
        return LongStream.range(0, 200)
                .mapToInt(seed -> text(instruction, voice, seed).split(" ", -1).length)
                .average()
                .orElseThrow();
    }

    @Test
    void eachGradeIsLongerThanTheOneBeforeUntilItGivesNoMore() {
        List<Double> lengths = List.of(
                words("Write very much less than usual.", "plain"),
                words("Write much less than usual.", "plain"),
                words("Write less than usual.", "plain"),
                words("Write a little less than usual.", "plain"),
                words("Write as much as usual.", "plain"),
                words("Make it a little longer.", "plain"),
                words("Write more than usual.", "plain"),
                words("Write much more than usual.", "plain"),
                words("Write very much more than usual.", "plain"));

        assertThat(lengths).isSorted();
        assertThat(lengths.get(4)).isBetween(32.0, 38.0);
        assertThat(lengths.get(8) / lengths.get(4)).isBetween(2.2, 2.7);
        assertThat(text("Write as much as you can.", "plain", 5))
                .as("there is no more to give")
                .isEqualTo(text("Write very much more than usual.", "plain", 5));
    }

    @Test
    void aVoiceIsWhatIsUsual() {
        assertThat(words("Write.", "terse")).isLessThan(words("Write.", "plain") * 0.6);
        assertThat(words("Write.", "talkative")).isGreaterThan(words("Write.", "plain") * 1.5);
        assertThatThrownBy(() -> Asked.reply("writer", "{\"instruction\": \"\", \"voice\": \"loud\"}", 1))
                .hasMessageContaining("no voice 'loud'");
    }

    @Test
    void itWritesWholeSentencesWhichDifferFromCallToCall() {
        assertThat(text("Write.", "plain", 1)).endsWith(".").isNotEqualTo(text("Write.", "plain", 2));
    }
}
