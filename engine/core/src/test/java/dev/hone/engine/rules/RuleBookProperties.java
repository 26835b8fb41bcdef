package dev.hone.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Rule;
import dev.hone.dsl.feel.FeelFailure;
import dev.hone.dsl.feel.FeelInterpreter;
import dev.hone.dsl.feel.FeelNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** The rule base decides as someone does who reads the file from top to bottom and asks FEEL about each condition. */
class RuleBookProperties {

    private static final Set<String> PARAMS = Set.of("threshold", "lang");
    private static final FeelInterpreter FEEL = new FeelInterpreter();

    @Property(tries = 1_500)
    void decidesAsReadingTheFileInOrder(@ForAll("rules") List<Rule> rules, @ForAll("facts") Fact fact) {
        assertThat(decided(rules, fact)).isEqualTo(read(rules, fact));
    }

    /** The ids and effects of the rules that hold, or the rule that fails. */
    private static List<String> decided(List<Rule> rules, Fact fact) {
        try {
            Decision decision = RuleBook.compile(rules, PARAMS).decide(fact);
            List<String> said = new ArrayList<>(
                    decision.fired().stream().map(Decision.Fired::rule).toList());
            decision.move().ifPresent(move -> said.add(move.toString()));
            decision.others().forEach(flag -> said.add(((Rule.Effect.Flag) flag).text()));
            return said;
        } catch (RuleFailure e) {
            return List.of("failed at " + e.problem().where().orElseThrow());
        }
    }

    private static List<String> read(List<Rule> rules, Fact fact) {
        List<String> said = new ArrayList<>();
        List<String> flags = new ArrayList<>();
        Optional<Rule.Effect> move = Optional.empty();
        for (Rule rule : rules) {
            if (rule.fact() != fact.kind() || !concerns(rule, fact)) {
                continue;
            }
            switch (ask(rule, fact)) {
                case TRUE -> {
                    said.add(rule.id());
                    for (Rule.Effect effect : rule.then()) {
                        if (effect instanceof Rule.Effect.Flag flag) {
                            flags.add(flag.text());
                        } else {
                            move = move.or(() -> Optional.of(effect));
                        }
                    }
                }
                case FALSE -> {}
                case UNDECIDED -> {
                    return List.of("failed at " + rule.where());
                }
            }
        }
        move.ifPresent(effect -> said.add(effect.toString()));
        said.addAll(flags);
        return said;
    }

    private static boolean concerns(Rule rule, Fact fact) {
        Set<String> roots = FeelNames.roots(rule.when().feel());
        boolean vis = roots.contains("vis");
        boolean style = roots.contains("style");
        boolean generic = roots.contains("verdict");
        if (fact.kind() != Rule.FactKind.VERDICT) {
            return true;
        }
        if ((vis && !fact.known().contains("vis")) || (style && !fact.known().contains("style"))) {
            return false;
        }
        boolean none = !vis && !style;
        return generic || none || roots.contains(fact.subject());
    }

    private static Truth ask(Rule rule, Fact fact) {
        Map<String, @Nullable Object> names = new HashMap<>();
        for (String name : List.of("vis", "style", "verdict", "left", "round", "threshold", "lang", "exhausted")) {
            names.put(name, fact.read(name));
        }
        try {
            return FEEL.evaluate(rule.when(), names) instanceof Boolean known ? Truth.of(known) : Truth.UNDECIDED;
        } catch (FeelFailure e) {
            return Truth.UNDECIDED;
        }
    }

    @Provide
    static Arbitrary<List<Rule>> rules() {
        Arbitrary<Rule> rule = Combinators.combine(
                        conditions(), Arbitraries.integers().between(0, 3))
                .as((when, effect) -> Rules.rule(
                        1,
                        when.contains("exhausted") ? Rule.FactKind.BUDGET : Rule.FactKind.VERDICT,
                        when,
                        effect(effect)));
        return rule.list().ofMaxSize(6).map(RuleBookProperties::numbered);
    }

    private static Rule.Effect effect(int number) {
        return switch (number) {
            case 0 -> Rules.exit("run");
            case 1 -> Rules.skip("edits");
            case 2 -> Rules.goTo("pick");
            default -> Rules.flag("seen");
        };
    }

    private static List<Rule> numbered(List<Rule> rules) {
        List<Rule> numbered = new ArrayList<>();
        for (Rule rule : rules) {
            int line = numbered.size() + 1;
            numbered.add(Rules.rule(
                    line, rule.fact(), rule.when().text(), rule.then().toArray(Rule.Effect[]::new)));
        }
        return numbered;
    }

    private static Arbitrary<String> conditions() {
        return Arbitraries.lazyOf(
                RuleBookProperties::conjuncts,
                RuleBookProperties::conjuncts,
                () -> Combinators.combine(conjuncts(), conjuncts()).as((a, b) -> a + " and " + b),
                () -> Combinators.combine(conjuncts(), conjuncts(), conjuncts())
                        .as((a, b, c) -> a + " and (" + b + ") and " + c),
                () -> Combinators.combine(conjuncts(), conjuncts()).as((a, b) -> "(" + a + ") or (" + b + ")"));
    }

    private static Arbitrary<String> conjuncts() {
        Arbitrary<String> path = Arbitraries.of(
                "vis.pass",
                "vis.n",
                "verdict.n",
                "verdict.text",
                "style.pass",
                "vis.deep.n",
                "vis.list",
                "left.calls",
                "left.tokens",
                "round",
                "threshold",
                "lang",
                "exhausted");
        Arbitrary<String> operator = Arbitraries.of("=", "!=", "<", "<=", ">", ">=");
        Arbitrary<String> literal =
                Arbitraries.of("3", "0.8", "3.0", "\"en\"", "true", "false", "null", "-1", "threshold", "vis.n");
        Arbitrary<String> comparison =
                Combinators.combine(path, operator, literal).as((p, o, l) -> p + " " + o + " " + l);
        return Arbitraries.oneOf(
                comparison,
                comparison,
                path,
                path.map(p -> "not(" + p + ")"),
                path.map(p -> p + " between 1 and 3"),
                path.map(p -> "count(" + p + ") > 1"));
    }

    @Provide
    static Arbitrary<Fact> facts() {
        Arbitrary<@Nullable Object> values = values();
        Arbitrary<Fact> verdicts = Combinators.combine(
                        Arbitraries.of("vis", "style"), values, Arbitraries.of(true, false), values)
                .as((name, value, both, other) -> verdict(name, value, both, other));
        Arbitrary<Fact> budgets =
                Arbitraries.of(true, false).map(exhausted -> new Fact.Budget(exhausted, Rules.context()));
        return Arbitraries.frequencyOf(Tuple.of(5, verdicts), Tuple.of(1, budgets));
    }

    private static Fact verdict(String name, @Nullable Object value, boolean both, @Nullable Object other) {
        Map<String, @Nullable Object> others = new HashMap<>();
        if (both) {
            others.put(name.equals("vis") ? "style" : "vis", other);
        }
        return new Fact.Verdict(name, value, others, List.of(), Rules.context(Rules.turn("refine", 3)));
    }

    /** Mostly what a tool gives, sometimes what none should. */
    private static Arbitrary<@Nullable Object> values() {
        Arbitrary<Object> field = Arbitraries.of(
                true,
                false,
                3,
                0,
                2.5,
                Rules.number("0.8"),
                Rules.number("3.00"),
                "en",
                "",
                List.of(1, 2),
                List.of(),
                Map.of("n", 3),
                Map.of());
        Arbitrary<Map<String, Object>> maps =
                Arbitraries.maps(Arbitraries.of("pass", "n", "text", "deep", "list"), field);
        return Arbitraries.frequencyOf(
                Tuple.of(9, maps.map(RuleBookProperties::withNull)), Tuple.of(1, field.map(value -> value)));
    }

    private static Object withNull(Map<String, Object> map) {
        Map<String, @Nullable Object> all = new HashMap<>(map);
        Stream.of("text", "n").filter(name -> !all.containsKey(name)).limit(1).forEach(name -> all.put(name, null));
        return all;
    }
}
