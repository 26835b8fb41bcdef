package dev.hone.connectors.env.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How programs are asked in the place of models. */
class PlayerModelTest {

    private static final String ASKED = "{\"opening\": 20, \"limit\": 8, \"turn\": 1, \"turns\": 5}";

    @Test
    void an_input_that_it_does_not_read_may_be_there_and_one_that_it_can_do_without_may_be_null()
            throws ConnectorException {
        String more = "{\"opening\": 20, \"limit\": 8, \"turn\": 1, \"turns\": 5, \"thing\": [1], \"offered\": null}";

        assertThat(Asked.reply("negotiator", more, 3)).isEqualTo(Asked.reply("negotiator", ASKED, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"opening\": 20, \"turn\": 1, \"turns\": 5} | limit",
                "{\"opening\": 20, \"limit\": null, \"turn\": 1, \"turns\": 5} | limit",
                "{\"opening\": \"much\", \"limit\": 8, \"turn\": 1, \"turns\": 5} | opening",
                "{\"opening\": 20, \"limit\": 8, \"turn\": 1, \"turns\": 5, \"past\": [null]} | past",
                "{\"opening\": 20, \"limit\": 8, \"turn\": 1, \"turns\": 5, \"past\": [{}]} | past[0].deal",
            })
    void an_input_that_does_not_fit_is_named(String inputs, String place) {
        assertThatThrownBy(() -> Asked.reply("negotiator", inputs, 1))
                .isInstanceOfSatisfying(ConnectorException.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(Kind.BAD_INPUT);
                    assertThat(problem.what())
                            .contains("player/negotiator", place)
                            .doesNotContain("dev.hone");
                    assertThat(problem.fix()).contains("opening, limit, turn, turns, [offered]");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "3", "\"x\"", "{", ""})
    void what_is_no_object_is_refused(String inputs) {
        assertThatThrownBy(() -> Asked.reply("negotiator", inputs, 1))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        problem -> assertThat(problem.kind()).isEqualTo(Kind.BAD_INPUT));
    }

    @Test
    void too_much_to_read_is_refused() {
        String long1 = "{\"opening\": 20, \"text\": \"" + "x".repeat(1_000_000) + "\"}";

        assertThatThrownBy(() -> Asked.reply("negotiator", long1, 1)).hasMessageContaining("characters");
    }

    @Test
    void a_reply_that_is_longer_than_may_be_is_cut_and_says_so() throws ConnectorException {
        ModelRequest whole = Asked.with(ASKED);
        ModelReply cut = new PlayerProvider()
                .open("negotiator", ModelSettings.DEFAULT)
                .generate(
                        new ModelRequest(whole.messages(), whole.inputs(), Optional.empty(), 2),
                        CallContext.standalone(3));

        assertThat(cut.finish()).isEqualTo(Finish.LENGTH);
        assertThat(cut.text())
                .hasSize(8)
                .isEqualTo(Asked.reply("negotiator", ASKED, 3).substring(0, 8));
        assertThat(cut.usage().outputTokens()).isEqualTo(2);
        assertThat(cut.usage().microUsd()).isZero();
    }
}
