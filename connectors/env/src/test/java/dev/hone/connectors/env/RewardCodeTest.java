package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewardCodeTest {

    private static final List<String> NAMES = List.of("step", "goal", "closer");
    /** Generous, since other work may share the processors; each of these takes a tenth of it at most. */
    private static final Duration QUICK = Duration.ofSeconds(10);

    private static RewardCode.Unusable refused(String code) {
        RewardCode.Unusable refusal =
                catchThrowableOfType(RewardCode.Unusable.class, () -> RewardCode.read(code, NAMES));
        assertThat(refusal).as(code).isNotNull();
        return refusal;
    }

    private static double worth(String code, double... features) throws Exception {
        return RewardCode.read(code, NAMES).of(features);
    }

    @Test
    void it_has_arithmetic_comparisons_and_conditions() throws Exception {
        assertThat(worth("goal * 10.0 - step / 4.0", 1, 1, 0)).isEqualTo(9.75);
        assertThat(worth("closer > 0.5 && !(goal == 1.0) ? 2.0 : -closer", 1, 0, 1))
                .isEqualTo(2);
        assertThat(worth("closer > 0.5 && goal < 1.0 ? 2.0 : -closer", 1, 1, 1)).isEqualTo(-1);
        assertThat(RewardCode.read("goal + goal * closer", NAMES).uses()).containsExactly("closer", "goal");
    }

    @Test
    void an_error_has_its_place_and_what_to_do() {
        assertThat(refused("goal +\n  reached").placed())
                .isEqualTo("line 2, column 3: undeclared reference to 'reached' (in container ''); the names are step, "
                        + "goal, closer");
        assertThat(refused("goal * 2").placed())
                .startsWith("line 1, column 6: found no matching overload for '_*_'")
                .endsWith("write numbers with a point, as 1.0");
        assertThat(refused("(goal + 1.0").line()).isEqualTo(1);
        assertThat(refused("goal > 0.5").placed()).contains("double").contains("bool");
        assertThat(refused("").placed()).isEqualTo("line 1, column 1: there is no code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "size(\"abc\") > 1 ? 1.0 : 0.0",
                "\"a\" == \"b\" ? 1.0 : 0.0",
                "b\"a\" == b\"b\" ? 1.0 : 0.0",
                "[1.0, 2.0][0]",
                "{\"a\": 1.0}[\"a\"]",
                "[1.0, 2.0].all(x, x > 0.0) ? 1.0 : 0.0",
                "[1.0].map(x, x) == [1.0] ? 1.0 : 0.0",
                "has(goal.x) ? 1.0 : 0.0",
                "\"aaaa\".matches(\"(a+)+b\") ? 1.0 : 0.0",
                "double(\"1\")",
                "dyn(goal)",
                "goal.toString()",
                "google.protobuf.DoubleValue{value: 1.0}",
                "google.protobuf.Timestamp{} == google.protobuf.Timestamp{} ? 1.0 : 0.0",
                "timestamp(\"2020-01-01T00:00:00Z\").getSeconds() > 1 ? 1.0 : 0.0",
                "null == null ? 1.0 : 0.0",
                "1u == 1u ? 1.0 : 0.0",
                "type(goal) == double ? 1.0 : 0.0",
                "java.lang.System.exit(1)",
                "__import__('os')",
            })
    void nothing_but_numbers_names_and_operators_is_taken(String code) {
        refused(code);
    }

    @Test
    void hostile_sizes_are_refused_at_once() {
        long start = System.nanoTime();
        refused("goal" + " + goal".repeat(100_000));
        refused("(".repeat(900) + "goal" + ")".repeat(900));
        refused("-".repeat(1_900) + "(goal");
        refused("goal ? ".repeat(280));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICK);
    }

    @Test
    void long_code_is_still_quick() throws Exception {
        RewardCode code = RewardCode.read("goal" + " + closer".repeat(100), NAMES);
        long start = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            assertThat(code.of(new double[] {1, i, 1})).isEqualTo(100 + i);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICK);
    }

    @Test
    void a_step_without_a_number_is_refused_with_what_happened_in_it() throws Exception {
        RewardCode code = RewardCode.read("1.0 / closer", NAMES);

        ConnectorException e = Refusals.of(Kind.BAD_INPUT, () -> code.of(new double[] {1, 0, 0}));

        assertThat(e.what()).isEqualTo("the reward code fails in a step where closer is 0.0: it gives Infinity");
    }

    @Test
    void weights_and_the_code_that_says_the_same_teach_the_same() throws Exception {
        Spec env = Specs.grid("S...\n.#.H\n...G", 0.1, 60);
        QLearning.Output weighted = train(env, Optional.of(Map.of("goal", 2.0, "hazard", -1.0, "bump", -0.5)), null);
        QLearning.Output coded = train(env, Optional.empty(), "2.0 * goal + -1.0 * hazard + -0.5 * bump");

        assertThat(coded).isEqualTo(weighted);
    }

    @Test
    void twenty_thousand_steps_with_code_take_seconds() throws Exception {
        Spec env = Specs.grid("S........\n.####.##.\n........G", 0.1, 100);
        long start = System.nanoTime();

        QLearning.Output output = train(env, Optional.empty(), "goal * 5.0 + (closer - farther) * 0.3 - near * 0.01");

        assertThat(output.steps()).isGreaterThan(5_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICK);
    }

    private static QLearning.Output train(Spec env, Optional<Map<String, Double>> weights, @Nullable String code)
            throws ConnectorException {
        return new QLearning()
                .run(
                        new QLearning.Input(
                                env,
                                Optional.of(500),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                weights,
                                Optional.ofNullable(code),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(1L)),
                        CallContext.standalone(1));
    }

    @Test
    void weights_and_code_at_once_are_refused() {
        ConnectorException e =
                Refusals.of(Kind.BAD_INPUT, () -> train(Specs.CORRIDOR, Optional.of(Map.of("goal", 1.0)), "goal"));

        assertThat(e.what()).isEqualTo("there are both a 'reward' and a 'code'");
    }
}
