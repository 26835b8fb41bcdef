package dev.hone.engine.rules;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Rule;
import dev.hone.dsl.RuleFile;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules of one workflow, ready to decide. Immutable in effect and safe for use by any number of threads; building one
 * costs milliseconds, the first one in a JVM more (see {@link #warm}), so keep it by the program's hash.
 *
 * <p>A rule is looked at for a fact of its kind when the fact is about the signal, loop or pool that its condition names,
 * or when it names none. The rules that hold are ordered by salience, and those of equal salience as in the file.
 */
public final class RuleBook {

    /** @param before the number of the row before which the file's rules come */
    private record Placed(int before, DrlRules rules) {}

    private final Interpreter interpreter = new Interpreter();
    private final Network network;
    private final List<Placed> files;

    private RuleBook(List<Row> rows, List<Placed> files) {
        this.network = new Network(rows, interpreter);
        this.files = files;
    }

    /** What is wrong with the rules of a workflow that are code; compiling them takes a second at first, and then less. */
    public static List<Problem> problems(Workflow workflow) {
        List<Problem> problems = new ArrayList<>();
        workflow.drl().forEach(file -> DrlRules.compile(file, problems));
        return problems;
    }

    /** Builds the rule base of a workflow that has no {@link #problems}. */
    public static RuleBook compile(Workflow workflow) {
        List<Problem> problems = new ArrayList<>();
        List<Placed> files = workflow.drl()
                .sorted(Comparator.comparingInt(RuleFile.Drl::salience).reversed())
                .map(file -> DrlRules.compile(file, problems)
                        .map(rules -> new Placed(place(file, workflow.rules()), rules))
                        .orElseThrow(() -> new IllegalArgumentException("not checked: " + problems)))
                .toList();
        return new RuleBook(rows(workflow.rules(), workflow.params().keySet()), files);
    }

    /** How many rules come before those of a file: of a higher salience, or of the same and earlier in the workflow. */
    private static int place(RuleFile.Drl file, List<Rule> rules) {
        int before = 0;
        for (int i = 0; i < rules.size(); i++) {
            int salience = rules.get(i).salience();
            before += salience > file.salience() || (salience == file.salience() && i < file.at()) ? 1 : 0;
        }
        return before;
    }

    /**
     * Builds the rule base.
     *
     * @param rules in the order of the file; their names have been checked
     * @param params the names of the workflow's parameters: any other name of a condition is that of a signal, loop or pool
     */
    public static RuleBook compile(List<Rule> rules, Set<String> params) {
        return new RuleBook(rows(rules, params), List.of());
    }

    private static List<Row> rows(List<Rule> rules, Set<String> params) {
        List<Row> rows = new ArrayList<>();
        for (Rule rule : bySalience(rules)) {
            rows.add(Row.of(rows.size(), rule, params));
        }
        return List.copyOf(rows);
    }

    /** The highest salience first; of equal ones as in the file. */
    static List<Rule> bySalience(List<Rule> rules) {
        return rules.stream()
                .sorted(Comparator.comparingInt(Rule::salience).reversed())
                .toList();
    }

    /** Loads what the first rule book of a JVM has to load. Call it in the background, early. */
    public static void warm() {
        Where where = new Where("warm", 1, 1);
        Feel condition = new Feel.And(
                new Feel.Compare(
                        Feel.Comparison.EQUAL, new Feel.Field(new Feel.Name("vis"), "pass"), new Feel.Bool(true)),
                new Feel.Or(new Feel.Bool(true), new Feel.Bool(false)));
        List<Rule> rules = List.of(new Rule(
                "warm",
                Rule.FactKind.VERDICT,
                new Expression("vis.pass = true and (true or false)", condition, where),
                List.of(new Rule.Effect.Exit(new Workflow.Name("run", where), where)),
                0,
                Optional.empty(),
                "",
                where));
        Decision decision = compile(rules, Set.of())
                .decide(new Fact.Verdict("vis", Map.of("pass", true), Map.of(), List.of(), Context.EMPTY));
        if (decision.move().isEmpty()) {
            throw new IllegalStateException("the rule engine does not decide");
        }
    }

    /**
     * Decides about one fact.
     *
     * @throws RuleFailure when a rule's condition is neither true nor false, of the first such rule
     */
    public Decision decide(Fact fact) {
        return decide(List.of(fact));
    }

    /**
     * Decides about facts that came up at once, among whose rules the first in the file says where the flow goes.
     *
     * @throws RuleFailure when a rule's condition is neither true nor false, of the first such rule
     */
    public Decision decide(List<Fact> facts) {
        List<Network.Match> matches;
        try {
            matches = network.match(facts);
        } catch (RuntimeException e) {
            throw new RuleFailure(
                    Problem.of(
                            ProblemCode.RULE_FAILED,
                            "The rule engine failed: " + e + ".",
                            "Report this with the workflow's rules: it is a defect of the engine."),
                    e);
        }
        // Already in the order of the rules; facts that the same rule holds of, in the order given.
        matches.sort(Comparator.<Network.Match>comparingInt(match -> match.row().number())
                .thenComparingInt(match -> facts.indexOf(match.fact())));
        SortedMap<Integer, List<Decision.Fired>> fired = new TreeMap<>();
        for (Placed file : files) {
            fired.computeIfAbsent(2 * file.before(), place -> new ArrayList<>())
                    .addAll(file.rules().decide(facts));
        }
        Map<String, Row> hits = new HashMap<>();
        for (Network.Match match : matches) {
            if (match.row().holds(match.fact(), interpreter) && counts(match.row(), hits)) {
                fired.computeIfAbsent(2 * match.row().number() + 1, place -> new ArrayList<>())
                        .add(match.row().fired(match.fact(), interpreter));
            }
        }
        return Decision.of(fired.values().stream().flatMap(List::stream).toList());
    }

    /** Whether a row that holds has effects, as the hit policy of its table says. */
    private static boolean counts(Row row, Map<String, Row> hits) {
        if (row.rule().group().isEmpty()) {
            return true;
        }
        Rule.Group group = row.rule().group().get();
        Row first = hits.putIfAbsent(group.table(), row);
        return switch (group.hit()) {
            case COLLECT -> true;
            case FIRST -> first == null;
            case UNIQUE -> {
                if (first != null && first != row) {
                    throw new RuleFailure(
                            Problem.at(
                                    row.rule().where(),
                                    ProblemCode.RULE_FAILED,
                                    "The rows '" + first.rule().id() + "' and '"
                                            + row.rule().id() + "' of the table '" + group.table() + "' hold at once.",
                                    "Let the rows exclude each other, or use 'hit: first' or 'hit: collect'."),
                            null);
                }
                yield true;
            }
        };
    }
}
