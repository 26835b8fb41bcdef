package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Rule;
import dev.hone.dsl.RuleFile;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelSyntaxException;
import dev.hone.dsl.feel.FeelText;
import dev.hone.dsl.feel.UnaryTests;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A decision table: input expressions, and rows of unary tests (OMG DMN 1.4, chapter 8) with effects. It stands in the
 * workflow, or in a file beside it; {@link TableFile} turns such a file into what would stand in the workflow.
 */
final class TableGrammar {

    private static final Form.Keyed ROW = new Form.Keyed(
            "a row of a decision table",
            List.of(
                    required(
                            "if",
                            new Form.ListOf(new Form.Test()),
                            "A test for each input: '-', a value, '< 3', '[1..5]', '\"a\", \"b\"', 'not(\"c\")'."),
                    required("then", RuleGrammar.EFFECTS, "What happens when all tests hold.")));

    private static final Form.Key FACT = required("fact", RuleGrammar.FACT, "What the table looks at.");

    private static final Form.Key HIT = optional(
            "hit",
            new Form.Word(Fields.words(Rule.Hit.class)),
            "Which rows that hold have effects: the first ('first', when absent), the only one ('unique'), all ('collect').");

    private static final Form.Key INPUTS =
            required("inputs", new Form.ListOf(Form.FEEL), "The expressions that the rows test.");

    private static final Form.Key ROWS = required("rows", new Form.ListOf(ROW), "The rows, in order.");

    private static final Form.Keyed INLINE = new Form.Keyed(
            "a decision table",
            List.of(
                    required("table", new Form.Named(Naming.ID), "Names the table; its rows are NAME-1, NAME-2 ..."),
                    FACT,
                    HIT,
                    INPUTS,
                    ROWS,
                    RuleGrammar.SALIENCE));

    private static final Form.Keyed IN_A_FILE = new Form.Keyed(
            "a decision table in a file",
            List.of(
                    required(
                            "table",
                            new Form.Named(Naming.TABLE_FILE),
                            "The CSV or DMN file with the inputs and rows, from the workflow's folder."),
                    FACT,
                    HIT,
                    RuleGrammar.SALIENCE,
                    optional("id", new Form.Named(Naming.ID), "Names the table; the file's name when absent.")));

    static final Form FORM = new Form.ByPath("table", IN_A_FILE, INLINE);

    /** What a file says of a table. */
    static final Form CONTENTS = new Form.Keyed("a decision table", List.of(HIT, INPUTS, ROWS));

    /** In the place of an input, where only the test matters. */
    private static final Feel INPUT = new Feel.Bool(true);

    /** Most rows of one table, so that building the rules takes no longer than seconds. */
    static final int MOST_ROWS = 2_000;

    private TableGrammar() {}

    static boolean isInAFile(Fields table) {
        return table.text("table").indexOf('.') >= 0;
    }

    /** What names the table, and where. */
    static Yaml.Scalar name(Fields table) {
        return table.scalar(table.has("id") ? "id" : "table");
    }

    /** The path's last part without its ending; of any other text the whole. */
    static String id(Yaml.Scalar name) {
        String file = name.text().substring(name.text().lastIndexOf('/') + 1);
        int ending = file.lastIndexOf('.');
        return ending < 0 ? file : file.substring(0, ending).replace('.', '-');
    }

    static RuleFile file(Fields table, int at, Problems problems) {
        Workflow.Name path = table.name("table");
        if (path.name().endsWith(".dmn") && table.has("hit")) {
            problems.add(
                    table.keyWhere("hit"),
                    ProblemCode.BAD_TABLE,
                    "A DMN file says its hit policy itself.",
                    "Remove 'hit' here, and choose the hit policy in '" + path.name() + "'.");
        }
        return new RuleFile.Table(
                id(name(table)), path, fact(table), table.word("hit", Rule.Hit.class), RuleGrammar.salience(table), at);
    }

    private static Rule.FactKind fact(Fields table) {
        return table.word("fact", Rule.FactKind.class).orElseThrow();
    }

    /** Every row of a table that stands in the workflow as a rule. */
    static List<Rule> read(Fields table, Problems problems) {
        Rule.Hit hit = table.word("hit", Rule.Hit.class).orElse(Rule.Hit.FIRST);
        return read(table.text("table"), fact(table), hit, RuleGrammar.salience(table), table, problems);
    }

    /** @param contents in the form of {@link #CONTENTS} */
    static List<Rule> read(
            String name, Rule.FactKind fact, Rule.Hit hit, int salience, Fields contents, Problems problems) {
        List<Expression> inputs = contents.items("inputs").stream()
                .map(input -> ExpressionText.read((Yaml.Scalar) input))
                .toList();
        List<Yaml> rows = contents.items("rows");
        if (rows.size() > MOST_ROWS) {
            problems.add(
                    rows.get(MOST_ROWS).where(),
                    ProblemCode.BAD_TABLE,
                    "The table '" + name + "' has " + rows.size() + " rows; " + MOST_ROWS + " are allowed.",
                    "Let ranges and lists of values stand for many rows, or compute in a tool.");
            return List.of();
        }
        List<Rule> rules = new ArrayList<>();
        for (Yaml row : rows) {
            Fields fields = Fields.of(row);
            if (fits(name, fields, inputs, problems)) {
                rules.add(rule(name + "-" + (rules.size() + 1), fact, hit, salience, name, fields, inputs));
            }
        }
        return List.copyOf(rules);
    }

    /** What is wrong with a cell, if anything. */
    static Optional<Problem> problem(Yaml.Scalar test) {
        try {
            UnaryTests.read(test.text(), INPUT);
            return Optional.empty();
        } catch (FeelSyntaxException e) {
            return Optional.of(Problem.at(
                    test.where(),
                    ProblemCode.BAD_TABLE,
                    "'" + FormProblems.shortened(test.text()) + "' is no test: " + e.getMessage(),
                    "Write '-', a value, a comparison such as '< 3', or a range such as '[1..5]'."));
        }
    }

    /** Reads what {@link #problem} found to be right; empty when it holds of everything. */
    private static Optional<Feel> test(Yaml.Scalar test, Feel input) {
        try {
            return UnaryTests.read(test.text(), input);
        } catch (FeelSyntaxException e) {
            throw new IllegalStateException("A test was read before it was checked: " + test.text(), e);
        }
    }

    private static boolean fits(String table, Fields row, List<Expression> inputs, Problems problems) {
        int tests = row.items("if").size();
        if (tests != inputs.size()) {
            problems.add(
                    row.where(),
                    ProblemCode.BAD_TABLE,
                    "A row of the table '" + table + "' has " + tests + " tests for " + inputs.size() + " inputs.",
                    "Give one test for each input; '-' holds of everything.");
        }
        return tests == inputs.size();
    }

    private static Rule rule(
            String id,
            Rule.FactKind fact,
            Rule.Hit hit,
            int salience,
            String table,
            Fields row,
            List<Expression> inputs) {
        Feel all = new Feel.Bool(true);
        List<Expression> parts = new ArrayList<>(inputs);
        List<Yaml> tests = row.items("if");
        for (int i = 0; i < tests.size(); i++) {
            Yaml.Scalar cell = (Yaml.Scalar) tests.get(i);
            Optional<Feel> one = test(cell, inputs.get(i).feel());
            if (one.isPresent()) {
                all = all instanceof Feel.Bool ? one.get() : new Feel.And(all, one.get());
                parts.add(new Expression(cell.text(), test(cell, INPUT).orElseThrow(), cell.where()));
            }
        }
        return new Rule(
                id,
                fact,
                new Expression(FeelText.print(all), all, row.where()),
                RuleGrammar.effects(row),
                salience,
                Optional.of(new Rule.Group(table, hit, List.copyOf(parts))),
                "",
                row.where());
    }
}
