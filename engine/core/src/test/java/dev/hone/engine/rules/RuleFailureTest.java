package dev.hone.engine.rules;

import static dev.hone.engine.rules.Rules.exit;
import static dev.hone.engine.rules.Rules.flag;
import static dev.hone.engine.rules.Rules.rule;
import static dev.hone.engine.rules.Rules.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Rule.FactKind;
import dev.hone.dsl.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition that is neither true nor false is a failure, and never means "go on". */
class RuleFailureTest {

    private static RuleBook book(String... conditions) {
        List<Rule> rules = new ArrayList<>();
        for (String when : conditions) {
            rules.add(rule(rules.size() + 1, FactKind.VERDICT, when, exit("run"), flag("f")));
        }
        return RuleBook.compile(rules, Set.of("threshold"));
    }

    private static Fact fact() {
        Map<String, Object> value = new HashMap<>(Map.of("pass", true, "n", 3, "text", "abc", "list", List.of(1, 2)));
        value.put("nothing", null);
        return verdict("vis", value);
    }

    private static RuleFailure failure(String... conditions) {
        RuleFailure failure =
                catchThrowableOfType(RuleFailure.class, () -> book(conditions).decide(fact()));
        assertThat(failure).as(String.join(" | ", conditions)).isNotNull();
        return failure;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vis.absent",
                "vis.nothing",
                "vis.n",
                "vis.text",
                "vis.list",
                "not(vis.absent)",
                "vis.absent > 3",
                "vis.nothing <= 3",
                "vis.text > 3",
                "vis.text = 3",
                "vis.n = \"abc\"",
                "vis.pass = 1",
                "vis.n + vis.text > 3",
                "vis.pass and vis.n",
                "vis.n and vis.pass",
                "vis.absent > 3 and vis.pass",
                "count(vis.n) > \"a\"",
                "vis.n / 0 > 1",
            })
    void fails(String condition) {
        assertThat(failure(condition).problem().code()).isEqualTo(ProblemCode.RULE_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vis.absent = 3",
                "vis.absent = true",
                "vis.nothing = \"abc\"",
                "vis.n = null",
                "vis.absent != null",
                "vis.absent > 3 and vis.n = 4",
                "vis.n = 4 and vis.absent > 3",
                "vis.absent and not(vis.pass)",
            })
    void isFalse(String condition) {
        assertThat(book(condition).decide(fact())).isEqualTo(Decision.none());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vis.absent = null",
                "vis.nothing = null",
                "vis.absent != 3",
                "vis.n != null",
                "vis.absent = null or vis.absent > 3",
                "vis.pass or vis.absent > 3",
                "vis.n = 3.0",
                "vis.n between 1 and 3",
            })
    void isTrue(String condition) {
        assertThat(book(condition).decide(fact()).fired()).hasSize(1);
    }

    @Test
    void namesTheLineTheConditionAndTheValues() {
        RuleFailure failure = failure("vis.pass and vis.absent > threshold");

        assertThat(failure.problem().where()).contains(new Where("poem.yaml", 1, 5));
        assertThat(failure.problem().what())
                .contains("'vis.pass and vis.absent > threshold'")
                .contains("'rule-1'")
                .contains("\"vis.pass\":true")
                .contains("\"vis.absent\":null")
                .contains("\"threshold\":0.8");
    }

    @Test
    void aFailingRuleIsNotHiddenByOneThatHolds() {
        assertThat(failure("vis.pass", "vis.n").problem().what()).contains("'rule-2'");
    }

    @Test
    void theFirstFailingRuleIsReported() {
        for (int i = 0; i < 20; i++) {
            assertThat(failure("vis.pass", "vis.text", "vis.n > null", "vis.n")
                            .problem()
                            .what())
                    .contains("'rule-2'");
        }
    }

    @Test
    void aRuleBookDecidesOnAfterAFailure() {
        RuleBook book = book("vis.pass");
        assertThatThrownBy(() -> book.decide(verdict("vis", Map.of("pass", "yes"))))
                .isInstanceOf(RuleFailure.class);

        assertThat(book.decide(verdict("vis", Map.of("pass", true))).fired()).hasSize(1);
        assertThat(book.decide(verdict("vis", Map.of("pass", false))).fired()).isEmpty();
    }

    @Test
    void aValueThatIsNotPlainIsAFailure() {
        assertThat(catchThrowableOfType(
                                RuleFailure.class,
                                () -> book("vis.pass").decide(verdict("vis", Map.of("pass", new StringBuilder("x")))))
                        .problem()
                        .code())
                .isEqualTo(ProblemCode.RULE_FAILED);
    }
}
