package dev.hone.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Reading;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.WorkflowReader;
import dev.hone.dsl.use.Expansion;
import dev.hone.dsl.use.Library;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules in DRL that are trusted. */
class DrlRulesTest {

    private static final String HEAD = """
            package mine;

            import dev.hone.engine.rules.DrlText;
            import dev.hone.engine.rules.Fact;

            global DrlText.Conditions feel;
            global DrlText.Effects flow;

            """;

    private static final Fact PASSED = Rules.verdict("vis", Map.of("pass", true), Rules.turn("refine", 3));

    private static Workflow workflow(String rules, String drl) {
        String text = "hone: 1\nname: drl\nflow: []\nrules:\n" + rules.indent(2);
        Problems problems = new Problems();
        Workflow written = ((Reading.Parsed) WorkflowReader.read("flows/drl.yaml", text)).workflow();
        Workflow workflow = Expansion.expand(written, path -> Optional.of(drl), Library.EMPTY, problems);
        assertThat(problems.inOrder()).isEmpty();
        return workflow;
    }

    private static Workflow workflow(String drl) {
        return workflow("- {drl: a/mine.drl, may: [{fact: verdict, then: {exit: refine, accept: draft}}]}", drl);
    }

    private static RuleBook book(String rules) {
        return RuleBook.compile(workflow(HEAD + rules));
    }

    private static Problem failure(String rules) {
        RuleBook book = book(rules);
        return catchThrowableOfType(RuleFailure.class, () -> book.decide(PASSED))
                .problem();
    }

    private static List<String> problems(String drl) {
        return RuleBook.problems(workflow(drl)).stream().map(Problem::toString).toList();
    }

    @Test
    void aRuleSeesTheFactAndDoesWhatItIsAllowed() {
        RuleBook book = book("""
                rule "passed" when
                    $fact : Fact.Verdict(name() == "vis", feel.holds("vis.pass and round >= 3", this))
                then
                    flow.accept("draft");
                    flow.exit("refine");
                    flow.flag("in round " + $fact.read("round"));
                end
                """);

        Decision decision = book.decide(PASSED);

        assertThat(decision.move())
                .get()
                .isInstanceOfSatisfying(
                        Rule.Effect.Exit.class,
                        exit -> assertThat(exit.target().name()).isEqualTo("refine"));
        assertThat(decision.json().path("others").toString())
                .isEqualTo("[{\"accept\":\"draft\"},{\"flag\":\"in round 3\"}]");
        Decision.Fired fired = decision.fired().getFirst();
        assertThat(fired.rule()).isEqualTo("passed");
        assertThat(fired.where()).hasToString("flows/a/mine.drl:9:1");
        assertThat(fired.facts().toString()).isEqualTo("{\"vis\":{\"pass\":true}}");
        assertThat(book.decide(Rules.verdict("vis", Map.of("pass", false))).fired())
                .isEmpty();
    }

    @Test
    void theExampleOfTheReferenceIsSuchAFile() throws IOException {
        String example;
        try (InputStream text = DrlRulesTest.class.getResourceAsStream("stops.drl")) {
            example = new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        }
        RuleBook book =
                RuleBook.compile(workflow("- {drl: stops.drl, may: [{fact: verdict, then: {exit: again}}]}", example));

        assertThat(book.decide(Rules.verdict("seen", Map.of("pass", true), Rules.turn("again", 2)))
                        .move())
                .isPresent();
        assertThat(book.decide(Rules.verdict("seen", Map.of("pass", true), Rules.turn("again", 1)))
                        .move())
                .isEmpty();
    }

    @Test
    void theTextThatIsPrintedOfRulesIsSuchAFile() {
        List<Rule> rules = List.of(
                Rules.rule(
                        1,
                        Rule.FactKind.VERDICT,
                        "vis.pass and round > 2",
                        Rules.accept("draft"),
                        Rules.exit("refine")),
                Rules.rule(2, Rule.FactKind.VERDICT, "vis.pass", Rules.flag("again")));

        Decision decision =
                RuleBook.compile(workflow(DrlText.print(rules, Set.of()))).decide(PASSED);

        Decision own = RuleBook.compile(rules, Set.of()).decide(PASSED);
        assertThat(decision.fired()).extracting(Decision.Fired::rule).containsExactly("rule-1", "rule-2");
        assertThat(decision.json().path("move")).isEqualTo(own.json().path("move"));
        assertThat(decision.json().path("others")).isEqualTo(own.json().path("others"));
    }

    @Test
    void itsPlaceAmongTheOtherRulesIsItsSalienceAndThenTheFile() {
        String drl = HEAD + "rule \"mine\" when Fact.Verdict() then flow.flag(\"mine\"); end";
        String before = "- {id: one, fact: verdict, when: \"verdict.pass\", then: {flag: one}}\n";
        String after = "- {id: two, fact: verdict, when: \"verdict.pass\", then: {flag: two}}\n";
        String file = "- {drl: mine.drl, may: [], salience: %d}\n";

        assertThat(order(before + file.formatted(0) + after, drl)).containsExactly("one", "mine", "two");
        assertThat(order(before + file.formatted(5) + after, drl)).containsExactly("mine", "one", "two");
        assertThat(order(before + file.formatted(-5) + after, drl)).containsExactly("one", "two", "mine");
    }

    private static List<String> order(String rules, String drl) {
        return RuleBook.compile(workflow(rules, drl)).decide(PASSED).fired().stream()
                .map(Decision.Fired::rule)
                .toList();
    }

    @Test
    void whatTheWorkflowDoesNotAllowIsAProblemAtTheRule() {
        Problem problem = failure("rule \"far\" when Fact.Verdict() then flow.exit(\"run\"); end");

        assertThat(problem)
                .hasToString("flows/a/mine.drl:9:1: RULE_FAILED: The rule 'far' does what the workflow does not"
                        + " allow it: {\"exit\":\"run\"} about a verdict. Add it to 'may' in flows/drl.yaml:5:11, or remove it from the"
                        + " rule.");
    }

    @Test
    void aRuleThatThrowsIsAProblemAtTheRule() {
        Problem problem =
                failure("\nrule \"bad\" when Fact.Verdict() then throw new IllegalStateException(\"no\"); end");

        assertThat(problem.code()).isEqualTo(ProblemCode.RULE_FAILED);
        assertThat(problem.where()).get().hasToString("flows/a/mine.drl:10:1");
        assertThat(problem.what()).isEqualTo("The rule 'bad' failed: java.lang.IllegalStateException: no.");
    }

    @Test
    void aConditionThatThrowsIsAProblemOfTheFile() {
        assertThat(failure("rule \"bad\" when Fact.Verdict(others().get(\"x\").hashCode() > 0) then end")
                        .what())
                .startsWith("A condition of 'a/mine.drl' failed: java.lang.NullPointerException");
        assertThat(failure("rule \"bad\" when Fact.Verdict(feel.holds(\"style.pass\", this)) then end")
                        .what())
                .contains("'style.pass'", "is neither true nor false");
        assertThat(failure("rule \"bad\" when Fact.Verdict(feel.holds(\"vis.\", this)) then end")
                        .what())
                .startsWith("'vis.' is no FEEL");
    }

    @Test
    void rulesThatFireWithoutEndAreStopped() {
        Problem problem = failure("rule \"more\" when $text : String() then insert($text + \"x\"); end\n"
                + "rule \"begin\" when Fact.Verdict() then insert(\"x\"); end");

        assertThat(problem.code()).isEqualTo(ProblemCode.RULE_FAILED);
        assertThat(problem.what()).isEqualTo("The rule 'more' fires without end: 1000 times for one fact.");
    }

    @Test
    void decisionsKnowNothingOfEachOther() {
        RuleBook book =
                book("rule \"first\" when Fact.Verdict() not String() then insert(\"seen\"); flow.flag(\"x\"); end");

        assertThat(book.decide(PASSED).fired()).hasSize(1);
        assertThat(book.decide(PASSED).fired()).hasSize(1);
    }

    @Test
    void mistakesStandWhereTheyAreInTheFile() {
        assertThat(problems(HEAD + "rule \"one\" when\n  Fact.Verdict( then end\n"))
                .first()
                .asString()
                .startsWith("flows/a/mine.drl:10:");
        assertThat(problems(HEAD + "rule \"one\" when\n  Fact.Verdikt() then end\n"))
                .singleElement()
                .asString()
                .startsWith("flows/a/mine.drl:10:3: BAD_DRL: This is no DRL: Unable to find class: Fact.Verdikt.");
        assertThat(problems(HEAD + "rule \"one\" when\n  Fact.Verdict(nam == 3)\nthen end\n"))
                .singleElement()
                .asString()
                .startsWith("flows/a/mine.drl:10:16: BAD_DRL:");
        assertThat(problems(HEAD + "rule \"one\" when Fact.Verdict() then\n\n    flow.leave( \"refine\" );\nend\n"))
                .singleElement()
                .asString()
                .startsWith("flows/a/mine.drl:11:5: BAD_DRL: This is no DRL: The method leave(String) is undefined");
        assertThat(problems(HEAD
                        + "rule \"one\" when Fact.Verdict() then end\nrule \"one\" when Fact.Verdict() then end\n"))
                .singleElement()
                .asString()
                .startsWith("flows/a/mine.drl:10:1: BAD_DRL: This is no DRL: Duplicate rule name: one.");
        assertThat(problems("package mine\nglobal java.util.List flow;\nglobal java.util.Map other;\n"))
                .hasSize(2)
                .allMatch(problem -> problem.contains("is not provided"));
    }
}
