package dev.hone.connectors.env.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.RewardCheck;
import dev.hone.connectors.env.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RewardCoderTest {

    private static final String FEATURES =
            "\"features\": [\"step\", \"goal\", \"hazard\", \"bump\", \"closer\", \"farther\", \"near\"]";
    private static final int MANY = 300;

    private static String code(String more, long seed) throws ConnectorException {
        return Asked.reply("reward-coder", "{" + FEATURES + more + "}", seed);
    }

    private static List<String> codes(String more) throws ConnectorException {
        List<String> codes = new ArrayList<>();
        for (int seed = 0; seed < MANY; seed++) {
            codes.add(code(more, seed));
        }
        return codes;
    }

    private static RewardCheck.Output checked(String code) throws ConnectorException {
        Spec.Maze maze = new Spec.Maze("S.G", Optional.empty(), Optional.empty());
        Spec env = new Spec(
                Optional.of(maze),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new RewardCheck().run(new RewardCheck.Input(env, code), CallContext.standalone(1));
    }

    private static double share(List<String> codes, String part) {
        return codes.stream().filter(code -> code.contains(part)).count() / (double) codes.size();
    }

    @Test
    void one_code_in_five_cannot_be_read() throws ConnectorException {
        int bad = 0;
        for (String code : codes("")) {
            bad += checked(code).pass() ? 0 : 1;
        }

        assertThat(bad / (double) MANY).isBetween(0.14, 0.26);
    }

    @Test
    void it_does_what_feedback_says_of_a_feature_and_misses_it_in_one_of_ten() throws ConnectorException {
        String before = ", \"previous\": \"1.0 * goal + 0.5 * near\", \"feedback\": \"%s\"";

        assertThat(share(codes(before.formatted("It hovers: pay less for near.")), "0.1 * near"))
                .isBetween(0.84, 0.96);
        assertThat(share(codes(before.formatted("Charge for farther as much as near is paid.")), "- 0.5 * farther"))
                .isBetween(0.84, 0.96);
        assertThat(share(codes(before.formatted("Pay more for closer; pay more for goal.")), "0.5 * closer"))
                .isBetween(0.84, 0.96);
    }

    @Test
    void what_names_no_feature_tells_it_nothing() throws ConnectorException {
        String vague = ", \"previous\": \"1.0 * goal\", \"feedback\": \"Check the answer once more and improve it.\"";

        assertThat(codes(vague).stream().distinct().count()).isGreaterThan(20);
    }

    @Test
    void told_the_error_it_writes_the_same_without_it() throws ConnectorException {
        String broken = ", \"previous\": \"2 * goal - 0.5 * step + 0.5 * progress +\", \"error\": \"line 1, column 3\"";
        int mended = 0;
        for (String code : codes(broken)) {
            assertThat(code).contains("goal").contains("step");
            mended += code.equals("2.0 * goal - 0.5 * step") ? 1 : 0;
        }

        assertThat(mended / (double) MANY).isBetween(0.74, 0.86);
    }

    @Test
    void it_needs_features_to_write_about() {
        assertThatThrownBy(() -> Asked.reply("reward-coder", "{\"features\": []}", 1))
                .hasMessageContaining("0 features");
    }
}
