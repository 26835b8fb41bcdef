package dev.hone.engine.rules;

import static dev.hone.engine.rules.Rules.context;
import static dev.hone.engine.rules.Rules.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Rule;
import dev.hone.dsl.RulePack;
import dev.hone.dsl.Where;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelText;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** When the shipped packs hold, and when they do not. */
class RulePackTest {

    private static final Set<String> TRIED = new HashSet<>();

    private static boolean holds(String pack, Fact fact) {
        TRIED.add(pack);
        RulePack shipped = RulePack.of(pack);
        Map<String, Feel> given = new HashMap<>(shipped.settings());
        given.put("subject", new Feel.Name(fact.subject()));
        Feel when = shipped.condition(given);
        Where where = new Where("pack.yaml", 1, 1);
        Rule rule = new Rule(
                pack,
                shipped.fact(),
                new Expression(FeelText.print(when), when, where),
                List.of(Rules.flag("held")),
                0,
                Optional.empty(),
                "",
                where);
        return !RuleBook.compile(List.of(rule), Set.of()).decide(fact).fired().isEmpty();
    }

    private static Fact pool(double[] scores, int[] lengths, int sinceBest, int repeats) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("size", BigDecimal.valueOf(scores.length));
        fields.put("scores", Arrays.stream(scores).mapToObj(BigDecimal::valueOf).toList());
        fields.put(
                "lengths", Arrays.stream(lengths).mapToObj(BigDecimal::valueOf).toList());
        fields.put("trialsSinceBest", BigDecimal.valueOf(sinceBest));
        return new Fact.Pool(
                "tries", fields, Map.of(), Map.of("repeats", BigDecimal.valueOf(repeats)), Map.of(), context());
    }

    private static Fact scores(double... scores) {
        return pool(scores, new int[scores.length], 0, 0);
    }

    @Test
    void patience() {
        assertThat(holds("patience", pool(new double[] {1}, new int[] {1}, 5, 0)))
                .isTrue();
        assertThat(holds("patience", pool(new double[] {1}, new int[] {1}, 4, 0)))
                .isFalse();
    }

    @Test
    void plateau() {
        assertThat(holds("plateau", scores(0.2, 0.6, 0.6, 0.5, 0.6, 0.605))).isTrue();
        assertThat(holds("plateau", scores(0.2, 0.3, 0.4, 0.5, 0.6, 0.7))).isFalse();
        assertThat(holds("plateau", scores(0.5, 0.5))).isFalse();
    }

    @Test
    void oscillation() {
        assertThat(holds("oscillation", pool(new double[] {1, 2}, new int[] {1, 1}, 0, 1)))
                .isTrue();
        assertThat(holds("oscillation", pool(new double[] {1, 2}, new int[] {1, 1}, 0, 0)))
                .isFalse();
    }

    @Test
    void disagreement() {
        assertThat(holds("disagreement", scores(0.1, 0.9, 0.2))).isTrue();
        assertThat(holds("disagreement", scores(0.5, 0.6, 0.5))).isFalse();
        assertThat(holds("disagreement", scores(0, 1))).isFalse();
    }

    @Test
    void vacuousPass() {
        assertThat(holds("vacuous-pass", verdict(Map.of("pass", true, "total", BigDecimal.ZERO))))
                .isTrue();
        assertThat(holds("vacuous-pass", verdict(Map.of("pass", true)))).isTrue();
        assertThat(holds("vacuous-pass", verdict(Map.of("pass", true, "total", BigDecimal.TEN))))
                .isFalse();
        assertThat(holds("vacuous-pass", verdict(Map.of("pass", false)))).isFalse();
    }

    private static Fact verdict(Map<String, ?> value) {
        return new Fact.Verdict("tests", value, Map.of(), List.of(), context());
    }

    @Test
    void proxyGap() {
        assertThat(holds("proxy-gap", curve(3, 1, curveOf(2, 2)))).isTrue();
        assertThat(holds("proxy-gap", curve(3, 3, curveOf(2, 2)))).isFalse();
        assertThat(holds("proxy-gap", curve(3, 1))).isFalse();
    }

    private static Map<String, Object> curveOf(int proxy, int success) {
        return Map.of("proxy", BigDecimal.valueOf(proxy), "success", BigDecimal.valueOf(success));
    }

    private static Fact curve(int proxy, int success, Object... history) {
        return new Fact.Score("curve", curveOf(proxy, success), Map.of(), List.of(history), context());
    }

    @Test
    void lengthCorrelation() {
        assertThat(holds(
                        "length-correlation",
                        pool(new double[] {0.1, 0.2, 0.3, 0.4, 0.5}, new int[] {10, 21, 29, 41, 50}, 0, 0)))
                .isTrue();
        assertThat(holds(
                        "length-correlation",
                        pool(new double[] {0.1, 0.5, 0.2, 0.4, 0.3}, new int[] {50, 10, 30, 40, 20}, 0, 0)))
                .isFalse();
        assertThat(holds("length-correlation", scores(1, 1, 1, 1, 1, 1))).isFalse();
    }

    @Test
    void budgetPacing() {
        // 7 of 10 calls are spent; in round 2 of 10 that is far ahead, in round 9 it is not.
        assertThat(holds("budget-pacing", new Fact.Loop(context(turn("refine", 2)))))
                .isTrue();
        assertThat(holds("budget-pacing", new Fact.Loop(context(turn("refine", 9)))))
                .isFalse();
    }

    @Test
    void hysteresis() {
        assertThat(holds("hysteresis", scores(0.3, 0.7, 0.5, 0.35))).isTrue();
        assertThat(holds("hysteresis", scores(0.3, 0.7, 0.5))).isFalse();
        assertThat(holds("hysteresis", scores(0.3, 0.5, 0.35))).isFalse();
    }

    @AfterAll
    static void everyPackWasTried() {
        assertThat(TRIED).containsExactlyInAnyOrderElementsOf(RulePack.names());
    }
}
