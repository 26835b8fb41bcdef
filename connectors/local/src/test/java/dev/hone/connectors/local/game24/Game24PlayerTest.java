package dev.hone.connectors.local.game24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.local.LocalProvider;
import dev.hone.connectors.testkit.ModelContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class Game24PlayerTest extends ModelContract {

    private static final List<Fraction> NUMBERS =
            List.of(Fraction.of(4), Fraction.of(6), Fraction.of(7), Fraction.of(9));
    private static final String ATTEMPT = "9 - 7 = 2; 6 * 4 = 24; 24 * 2 = 48";

    @Override
    protected ModelProvider provider() {
        return new LocalProvider();
    }

    @Override
    protected String model() {
        return Game24Player.NAME;
    }

    @Override
    protected ModelRequest request() {
        return request("{\"numbers\": [4, 6, 7, 9]}", Optional.empty());
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.PROSE, Capability.IMAGES);
    }

    @Test
    void it_plays_to_an_end_by_the_rules() throws ConnectorException {
        for (String text : replies(request())) {
            Game game = Game.played(NUMBERS, text);
            assertThat(game.error()).isEmpty();
            assertThat(game.now()).hasSize(1);
        }
    }

    @Test
    void of_an_attempt_it_keeps_two_steps_or_one_or_none() throws ConnectorException {
        ModelRequest request =
                request("{\"numbers\": [4, 6, 7, 9], \"attempt\": \"" + ATTEMPT + "\"}", Optional.empty());
        List<Move> before = Game.played(NUMBERS, ATTEMPT).moves();
        Set<Integer> kept = new TreeSet<>();
        for (String text : replies(request)) {
            List<Move> now = Game.played(NUMBERS, text).moves();
            int same = 0;
            while (same < 2 && now.get(same).equals(before.get(same))) {
                same++;
            }
            kept.add(same);
        }
        assertThat(kept).containsExactly(0, 1, 2);
    }

    @Test
    void without_chance_it_plays_the_likeliest_step() throws ConnectorException {
        ModelRequest sure = request("{\"numbers\": [4, 6, 7, 9]}", Optional.of(0.0));
        assertThat(Set.copyOf(replies(sure))).hasSize(1);
    }

    @Test
    void the_numbers_may_come_as_json_in_the_last_user_message() throws ConnectorException {
        ModelRequest told =
                new ModelRequest(List.of(new Message(Speaker.USER, request().inputs())), "{}", Optional.empty(), 100);
        assertThat(replies(told)).isEqualTo(replies(request()));
    }

    private static List<String> replies(ModelRequest request) throws ConnectorException {
        List<String> replies = new java.util.ArrayList<>();
        for (int seed = 0; seed < 50; seed++) {
            replies.add(new Game24Player()
                    .generate(request, CallContext.standalone(seed))
                    .text());
        }
        return replies;
    }

    private static ModelRequest request(String inputs, Optional<Double> temperature) {
        return new ModelRequest(List.of(new Message(Speaker.USER, "Play.")), inputs, temperature, 100);
    }
}
