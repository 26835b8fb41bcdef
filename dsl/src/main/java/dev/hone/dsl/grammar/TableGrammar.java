package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Expression;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Rule;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelSyntaxException;
import dev.hone.dsl.feel.FeelText;
import dev.hone.dsl.feel.UnaryTests;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A decision table: input expressions, and rows of unary tests (OMG DMN 1.4, chapter 8) with effects. */
final class TableGrammar {

    private static final Form.Keyed ROW = new Form.Keyed(
            "a row of a decision table",
            List.of(
                    required(
                            "if",
                            new Form.ListOf(new Form.Literal()),
                            "A test for each input: '-', a value, '< 3', '[1..5]', '\"a\", \"b\"', 'not(\"c\")'."),
                    required("then", RuleGrammar.EFFECTS, "What happens when all tests hold.")));

    static final Form.Keyed FORM = new Form.Keyed(
            "a decision table",
            List.of(
                    required("table", new Form.Named(Naming.ID), "Names the table; its rows are NAME-1, NAME-2 ..."),
                    required("fact", RuleGrammar.FACT, "What the table looks at."),
                    optional(
                            "hit",
                            new Form.Word(Fields.words(Rule.Hit.class)),
                            "Which rows that hold have effects: the first ('first', when absent), the only one ('unique'), all ('collect')."),
                    required("inputs", new Form.ListOf(Form.FEEL), "The expressions that the rows test."),
                    required("rows", new Form.ListOf(ROW), "The rows, in order."),
                    RuleGrammar.SALIENCE));

    private TableGrammar() {}

    /** Every row as a rule. */
    static List<Rule> read(Fields table, Problems problems) {
        String name = table.text("table");
        Rule.Group group =
                new Rule.Group(name, table.word("hit", Rule.Hit.class).orElse(Rule.Hit.FIRST));
        List<Expression> inputs = table.items("inputs").stream()
                .map(input -> ExpressionText.read((Yaml.Scalar) input))
                .toList();
        List<Rule> rows = new ArrayList<>();
        for (Yaml row : table.items("rows")) {
            Fields fields = Fields.of(row);
            condition(name, fields, inputs, problems)
                    .ifPresent(when -> rows.add(new Rule(
                            name + "-" + (rows.size() + 1),
                            table.word("fact", Rule.FactKind.class).orElseThrow(),
                            when,
                            RuleGrammar.effects(fields),
                            RuleGrammar.salience(table),
                            Optional.of(group),
                            "",
                            row.where())));
        }
        return List.copyOf(rows);
    }

    private static Optional<Expression> condition(
            String table, Fields row, List<Expression> inputs, Problems problems) {
        List<Yaml> tests = row.items("if");
        if (tests.size() != inputs.size()) {
            problems.add(
                    row.where(),
                    ProblemCode.BAD_TABLE,
                    "A row of the table '" + table + "' has " + tests.size() + " tests for " + inputs.size()
                            + " inputs.",
                    "Give one test for each input; '-' holds of everything.");
            return Optional.empty();
        }
        Feel all = new Feel.Bool(true);
        for (int i = 0; i < inputs.size(); i++) {
            Yaml.Scalar test = (Yaml.Scalar) tests.get(i);
            try {
                Optional<Feel> one = UnaryTests.read(test.text(), inputs.get(i).feel());
                if (one.isPresent()) {
                    all = all instanceof Feel.Bool ? one.get() : new Feel.And(all, one.get());
                }
            } catch (FeelSyntaxException e) {
                problems.add(
                        test.where(),
                        ProblemCode.BAD_TABLE,
                        "'" + test.text() + "' is no test: " + e.getMessage(),
                        "Write '-', a value, a comparison such as '< 3', or a range such as '[1..5]'.");
                return Optional.empty();
            }
        }
        return Optional.of(new Expression(FeelText.print(all), all, row.where()));
    }
}
