package dev.hone.connectors.env.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.ConnectorException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RewardCriticTest {

    private static final String ARRIVED =
            "{\"steps\": 8, \"features\": {\"goal\": 1, \"closer\": 8, \"step\": 8, \"near\": 3}}";
    private static final String LOOPED =
            "{\"steps\": 40, \"features\": {\"goal\": 0, \"closer\": 20, \"farther\": 20, \"step\": 40, \"near\": 30}}";
    private static final String BURNT = "{\"steps\": 3, \"features\": {\"hazard\": 1, \"closer\": 3, \"step\": 3}}";

    /** How often it says so. */
    private static double says(String text, String inputs) {
        return LongStream.range(0, 200)
                        .filter(seed -> said(inputs, seed).contains(text))
                        .count()
                / 200.0;
    }

    private static String said(String inputs, long seed) {
        try {
            return Asked.reply("reward-critic", inputs, seed);
        } catch (ConnectorException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_walk_that_arrives_is_no_issue() {
        assertThat(says("no_issue", "{\"code\": \"goal\", \"trained\": true, \"bad\": " + ARRIVED + "}"))
                .isEqualTo(1);
    }

    @Test
    void after_a_training_it_says_what_was_done_instead_of_arriving_and_errs_in_one_of_ten() {
        String trained = "{\"code\": \"goal + 0.5 * closer\", \"trained\": true, \"good\": " + ARRIVED + ", \"bad\": ";

        assertThat(says("charge for farther as much as closer", trained + LOOPED + "}"))
                .isBetween(0.84, 0.96);
        assertThat(says("charge more for hazard", trained + BURNT + "}")).isBetween(0.84, 0.96);
    }

    @Test
    void before_it_it_says_what_the_failed_walk_has_more_of() {
        String held = "{\"code\": \"goal + near\", \"good\": " + ARRIVED + ", \"bad\": " + LOOPED + "}";

        assertThat(says("has more of farther: pay less for farther", held)).isBetween(0.84, 0.96);
    }
}
