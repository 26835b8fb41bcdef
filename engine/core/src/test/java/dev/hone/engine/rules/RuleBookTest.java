package dev.hone.engine.rules;

import static dev.hone.engine.rules.Rules.accept;
import static dev.hone.engine.rules.Rules.context;
import static dev.hone.engine.rules.Rules.exit;
import static dev.hone.engine.rules.Rules.flag;
import static dev.hone.engine.rules.Rules.goTo;
import static dev.hone.engine.rules.Rules.number;
import static dev.hone.engine.rules.Rules.rule;
import static dev.hone.engine.rules.Rules.skip;
import static dev.hone.engine.rules.Rules.turn;
import static dev.hone.engine.rules.Rules.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.dsl.Rule;
import dev.hone.dsl.Rule.FactKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RuleBookTest {

    private static final Set<String> PARAMS = Set.of("threshold", "lang");

    private static Decision decide(Fact fact, Rule... rules) {
        return RuleBook.compile(List.of(rules), PARAMS).decide(fact);
    }

    private static boolean fires(FactKind kind, String when, Fact fact) {
        return !decide(fact, rule(1, kind, when, flag("f"))).fired().isEmpty();
    }

    @Test
    void everyEffect() {
        Decision decision = decide(
                verdict("vis", Map.of("pass", true)),
                rule(1, FactKind.VERDICT, "vis.pass", flag("easy"), accept("draft")),
                rule(2, FactKind.VERDICT, "vis.pass", skip("edits")),
                rule(3, FactKind.VERDICT, "vis.pass", goTo("pick")),
                rule(4, FactKind.VERDICT, "vis.pass", exit("refine"), flag("done")),
                rule(5, FactKind.VERDICT, "not(vis.pass)", exit("run")));

        assertThat(decision.fired())
                .extracting(Decision.Fired::rule)
                .containsExactly("rule-1", "rule-2", "rule-3", "rule-4");
        assertThat(decision.move()).contains(skip("edits"));
        assertThat(decision.mover().orElseThrow().rule()).isEqualTo("rule-2");
        assertThat(decision.others()).containsExactly(flag("easy"), accept("draft"), flag("done"));
    }

    @Test
    void theFirstInTheFileMoves() {
        Rule stop = rule(1, FactKind.VERDICT, "vis.pass", exit("run"));
        Rule go = rule(2, FactKind.VERDICT, "verdict.pass", goTo("pick"));
        Fact fact = verdict("vis", Map.of("pass", true));

        assertThat(decide(fact, stop, go).move()).contains(exit("run"));
        assertThat(decide(fact, go, stop).move()).contains(goTo("pick"));
    }

    @Test
    void amongFactsThatComeUpTogetherTheFirstInTheFileMoves() {
        RuleBook book = RuleBook.compile(
                List.of(
                        rule(1, FactKind.BUDGET, "left.calls <= 3", exit("run")),
                        rule(2, FactKind.VERDICT, "vis.pass", goTo("pick"))),
                PARAMS);

        Decision decision =
                book.decide(List.of(verdict("vis", Map.of("pass", true)), new Fact.Budget(false, context())));

        assertThat(decision.fired()).hasSize(2);
        assertThat(decision.move()).contains(exit("run"));
    }

    @Test
    void noRuleHolds() {
        assertThat(decide(verdict("vis", Map.of("pass", false)), rule(1, FactKind.VERDICT, "vis.pass", exit("run"))))
                .isEqualTo(Decision.none());
        assertThat(decide(verdict("vis", Map.of("pass", true)))).isEqualTo(Decision.none());
    }

    @Test
    void aFactTellsWhatItsRulesMayRead() {
        Fact critique = Fact.signal(
                FactKind.CRITIQUE,
                "fb",
                Map.of("kind", "no_issue"),
                Map.of(),
                List.of(Map.of("kind", "typo")),
                context(turn("refine", 2)));
        Fact score = Fact.signal(FactKind.SCORE, "fit", number("0.9"), Map.of(), List.of(), context());
        Fact budget = new Fact.Budget(true, context());
        Fact loop = new Fact.Loop(context(turn("outer", 1), turn("inner", 4)));
        Fact pool = new Fact.Pool(
                "cand",
                Map.of("size", number("5"), "best", number("0.7"), "trialsSinceBest", number("2")),
                Map.of("kept", Map.of("size", number("1"))),
                Map.of("repeats", number("1")),
                Map.of("size", number("4"), "sameScore", number("0.75")),
                context());
        Fact policy = new Fact.Policy(
                "grow",
                Map.of("tells", number("9"), "recommendationStableFor", number("8")),
                Map.of("other", Map.of("tells", number("1"))),
                context());
        Fact slot = new Fact.Slot("prompt", Map.of("version", number("3"), "promoted", false), Map.of(), context());
        Fact human = new Fact.Human("pref", Map.of("seconds", number("0.4"), "timedOut", false), Map.of(), context());

        assertThat(fires(FactKind.CRITIQUE, "critique.kind = \"no_issue\" and fb.kind != \"typo\"", critique))
                .isTrue();
        assertThat(fires(FactKind.CRITIQUE, "round = 2 and lang = \"en\"", critique))
                .isTrue();
        assertThat(fires(FactKind.SCORE, "fit >= threshold and score > 0.8", score))
                .isTrue();
        assertThat(fires(FactKind.BUDGET, "exhausted and left.money = 0.5 and left.calls < 4", budget))
                .isTrue();
        assertThat(fires(FactKind.BUDGET, "left.tokens = null", budget)).isTrue();
        assertThat(fires(FactKind.LOOP, "round >= 4 and inner.round = round and outer.round = 1", loop))
                .isTrue();
        assertThat(fires(FactKind.POOL, "pool.size = 5 and cand.best > 0.6 and cand.trialsSinceBest = 2", pool))
                .isTrue();
        assertThat(fires(FactKind.POOL, "cand.size > kept.size and kept.best = null", pool))
                .isTrue();
        assertThat(fires(FactKind.POOL, "subtree.size >= 4 and subtree.sameScore >= 0.75", pool))
                .isTrue();
        assertThat(fires(FactKind.POOL, "artifact.repeats >= 1", pool)).isTrue();
        assertThat(fires(FactKind.CRITIQUE, "history[1].kind = \"typo\" and count(history) = 1", critique))
                .isTrue();
        assertThat(fires(FactKind.BUDGET, "spent.calls = 7", budget)).isTrue();
        assertThat(fires(FactKind.POLICY, "grow.recommendationStableFor >= 8 and other.tells = 1", policy))
                .isTrue();
        assertThat(fires(FactKind.SLOT, "slot.version = 3 and not(prompt.promoted)", slot))
                .isTrue();
        assertThat(fires(FactKind.HUMAN, "pref.seconds < 1", human)).isTrue();
    }

    @Test
    void theHighestSalienceMoves() {
        Rule stop = rule(1, FactKind.VERDICT, "vis.pass", exit("run"));
        Rule go = Rules.salient(7, rule(2, FactKind.VERDICT, "vis.pass", goTo("pick")));

        Decision decision = decide(verdict("vis", Map.of("pass", true)), stop, go);

        assertThat(decision.move()).contains(goTo("pick"));
        assertThat(decision.fired()).extracting(Decision.Fired::rule).containsExactly("rule-2", "rule-1");
    }

    @Test
    void ofATableWithTheHitPolicyFirstOneRowHasEffects() {
        Rule.Group first = new Rule.Group("stops", Rule.Hit.FIRST, List.of());
        Decision decision = decide(
                verdict("vis", Map.of("pass", true)),
                Rules.row(first, rule(1, FactKind.VERDICT, "not(vis.pass)", flag("a"))),
                Rules.row(first, rule(2, FactKind.VERDICT, "vis.pass", flag("b"))),
                Rules.row(first, rule(3, FactKind.VERDICT, "vis.pass", flag("c"))),
                rule(4, FactKind.VERDICT, "vis.pass", flag("d")));

        assertThat(decision.others()).containsExactly(flag("b"), flag("d"));
    }

    @Test
    void ofATableWithTheHitPolicyCollectAllRowsThatHoldHaveEffects() {
        Rule.Group all = new Rule.Group("stops", Rule.Hit.COLLECT, List.of());
        Decision decision = decide(
                verdict("vis", Map.of("pass", true)),
                Rules.row(all, rule(1, FactKind.VERDICT, "vis.pass", flag("a"))),
                Rules.row(all, rule(2, FactKind.VERDICT, "verdict.pass", flag("b"))));

        assertThat(decision.others()).containsExactly(flag("a"), flag("b"));
    }

    @Test
    void twoRowsOfATableWithTheHitPolicyUniqueAreAProblem() {
        Rule.Group unique = new Rule.Group("stops", Rule.Hit.UNIQUE, List.of());
        Rule one = Rules.row(unique, rule(1, FactKind.VERDICT, "vis.pass", flag("a")));
        Rule two = Rules.row(unique, rule(2, FactKind.VERDICT, "verdict.pass", flag("b")));

        assertThatThrownBy(() -> decide(verdict("vis", Map.of("pass", true)), one, two))
                .isInstanceOf(RuleFailure.class)
                .hasMessageContaining("The rows 'rule-1' and 'rule-2' of the table 'stops' hold at once.");
    }

    @Test
    void aRuleOfAUsedWorkflowSpeaksOfItsStepsAlone() {
        Rule inside = Rules.scoped("polish", rule(1, FactKind.VERDICT, "verdict.pass", flag("inside")));
        Rule outside = rule(2, FactKind.VERDICT, "verdict.pass", flag("outside"));
        Rule budget = rule(3, FactKind.BUDGET, "exhausted", flag("everywhere"));

        assertThat(decide(verdict("vis", Map.of("pass", true)), inside, outside).others())
                .containsExactly(flag("outside"));
        assertThat(decide(new Fact.Budget(true, Rules.within("polish")), inside, outside, budget)
                        .others())
                .containsExactly(flag("everywhere"));
    }

    @Test
    void aRuleIsLookedAtForTheFactThatItNames() {
        Fact other = verdict("style", Map.of("pass", true));

        assertThat(fires(FactKind.VERDICT, "vis.pass", other)).isFalse();
        assertThat(fires(FactKind.VERDICT, "verdict.pass", other)).isTrue();
        assertThat(fires(FactKind.VERDICT, "threshold < 1", other)).isTrue();
        assertThat(fires(FactKind.CRITIQUE, "style.pass", other)).isFalse();
    }

    @Test
    void aRuleThatNamesTwoSignalsIsLookedAtWhenBothHaveCome() {
        Fact alone = verdict("vis", Map.of("pass", true));
        Fact both = new Fact.Verdict(
                "vis", Map.of("pass", true), Map.of("style", Map.of("pass", true)), List.of(), context());

        assertThat(fires(FactKind.VERDICT, "vis.pass and style.pass", alone)).isFalse();
        assertThat(fires(FactKind.VERDICT, "vis.pass and style.pass", both)).isTrue();
    }

    @Test
    void aLoopRuleThatNamesNoLoopIsAboutTheOneThatItExits() {
        Rule rule = rule(1, FactKind.LOOP, "round >= 2", exit("outer"));

        assertThat(decide(new Fact.Loop(context(turn("outer", 2), turn("inner", 3))), rule)
                        .move())
                .isEmpty();
        assertThat(decide(new Fact.Loop(context(turn("outer", 2))), rule).move())
                .isPresent();
        Rule any = rule(1, FactKind.LOOP, "round >= 2", exit("run"));
        assertThat(decide(new Fact.Loop(context(turn("outer", 2), turn("inner", 3))), any)
                        .move())
                .isPresent();
    }

    @Test
    void aLoopRuleThatNamesTwoLoopsIsLookedAtInTheInnerOne() {
        Rule rule = rule(1, FactKind.LOOP, "inner.round >= 3 and outer.round = 2", exit("outer"));

        assertThat(decide(new Fact.Loop(context(turn("outer", 2))), rule).move())
                .isEmpty();
        assertThat(decide(new Fact.Loop(context(turn("outer", 2), turn("inner", 3))), rule)
                        .move())
                .isPresent();
    }

    @Test
    void aThousandRules() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            rules.add(rule(i, FactKind.VERDICT, "vis.n >= " + i, flag("at least " + i)));
        }
        RuleBook book = RuleBook.compile(rules, PARAMS);

        Decision decision = book.decide(verdict("vis", Map.of("n", 700)));

        assertThat(decision.fired()).hasSize(700);
        assertThat(decision.others().getFirst()).isEqualTo(flag("at least 1"));
        assertThat(decision.others().getLast()).isEqualTo(flag("at least 700"));
    }

    @Test
    void twoHundredThreadsShareARuleBook() {
        RuleBook book = RuleBook.compile(
                List.of(
                        rule(1, FactKind.VERDICT, "vis.n = 7", exit("run")),
                        rule(2, FactKind.VERDICT, "vis.n > 100 and count(vis.list) = 1", flag("big")),
                        rule(3, FactKind.VERDICT, "vis.bad", flag("bad"))),
                PARAMS);
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 200; thread++) {
                threads.execute(() -> {
                    for (int n = 0; n < 200; n++) {
                        String answer = answer(book, n);
                        String right = n % 50 == 13 ? "failed" : n == 7 ? "[rule-1]" : n > 100 ? "[rule-2]" : "[]";
                        if (!answer.equals(right)) {
                            wrong.add(n + ": " + answer);
                        }
                    }
                });
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static String answer(RuleBook book, int n) {
        Object bad = n % 50 == 13 ? "perhaps" : false;
        try {
            return book.decide(verdict("vis", Map.of("n", n, "list", List.of(n), "bad", bad))).fired().stream()
                    .map(Decision.Fired::rule)
                    .toList()
                    .toString();
        } catch (RuleFailure e) {
            return "failed";
        }
    }

    @Test
    void theLedgerKeepsWhatWasSeen() {
        Decision decision = decide(
                verdict("vis", Map.of("pass", true, "trace", "long")),
                rule(
                        7,
                        FactKind.VERDICT,
                        "vis.pass and left.calls > 1 and lang = \"en\"",
                        accept("draft"),
                        exit("run"),
                        flag("good")));

        assertThat(decision.json()).hasToString("""
                {"fired":[{"rule":"rule-7","where":"poem.yaml:7:5",\
                "when":"vis.pass and left.calls > 1 and lang = \\"en\\"",\
                "facts":{"vis.pass":true,"left.calls":3,"lang":"en"},\
                "then":[{"accept":"draft"},{"exit":"run"},{"flag":"good"}]}],\
                "move":{"exit":"run"},"others":[{"accept":"draft"},{"flag":"good"}]}""");
        assertThat(Decision.none().json()).hasToString("{}");
    }

    @Test
    void warmingDecides() {
        RuleBook.warm();
    }
}
