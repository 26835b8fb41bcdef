package dev.hone.dsl.grammar;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A decision table as a DMN file (OMG DMN 1.3 or later): one decision whose logic is a decision table. Its one output is a
 * FEEL context of effects, such as {@code {exit: "search"}}, which is also the YAML of the same effects. What a table can say
 * and rules cannot is refused, not left out.
 *
 * <p>It is read with the JDK's parser: that of Drools knows lines but no columns, and leaves out what it does not know.
 */
final class DmnTable {

    private static final Pattern DMN = Pattern.compile("https://www\\.omg\\.org/spec/DMN/(20[0-9]{6})/MODEL/");

    /** The namespace of DMN 1.3. */
    private static final String OLDEST = "20191111";

    private final Problems problems;

    private DmnTable(Problems problems) {
        this.problems = problems;
    }

    /** @return the table as it would stand in a workflow */
    static Optional<Yaml.Fields> read(String file, String text, Problems problems) {
        try {
            return new DmnTable(problems).read(Xml.parse(file, text));
        } catch (Xml.Unreadable e) {
            problems.add(
                    e.where(),
                    ProblemCode.BAD_TABLE,
                    String.valueOf(e.getMessage()),
                    "Save the table as DMN 1.3 or later, without a document type.");
            return Optional.empty();
        }
    }

    private Optional<Yaml.Fields> read(Xml root) {
        var namespace = DMN.matcher(root.namespace());
        if (!root.name().equals("definitions")
                || !namespace.matches()
                || namespace.group(1).compareTo(OLDEST) < 0) {
            bad(root.where(), "This is not DMN 1.3 or later.", "Save the table in a newer version of DMN.");
            return Optional.empty();
        }
        List<Xml> decisions = root.children("decision");
        if (decisions.size() != 1) {
            bad(
                    decisions.isEmpty() ? root.where() : decisions.get(1).where(),
                    "The file has " + decisions.size() + " decisions.",
                    "Keep one decision, with a decision table, in one file.");
            return Optional.empty();
        }
        Optional<Xml> table = decisions.getFirst().child("decisionTable");
        if (table.isEmpty()) {
            bad(decisions.getFirst().where(), "The decision has no decision table.", "Give it a decision table.");
            return Optional.empty();
        }
        return table(table.get());
    }

    private Optional<Yaml.Fields> table(Xml table) {
        List<Xml> outputs = table.children("output");
        if (outputs.size() != 1) {
            bad(
                    outputs.isEmpty() ? table.where() : outputs.get(1).where(),
                    "The table has " + outputs.size() + " outputs.",
                    "Keep one output, with all effects of a rule as a context: {accept: \"draft\", exit: \"run\"}.");
            return Optional.empty();
        }
        outputs.getFirst()
                .child("defaultOutputEntry")
                .ifPresent(other ->
                        bad(other.where(), "The output has a default.", "Write a last rule whose tests are all '-'."));
        if (table.attributes().containsKey("aggregation")) {
            bad(table.where(), "The table adds its outputs up.", "Remove the aggregation: effects are not numbers.");
        }
        List<Yaml> inputs = new ArrayList<>();
        table.children("input").forEach(input -> inputs.add(input(input)));
        List<Yaml> rows = new ArrayList<>();
        table.children("rule").forEach(rule -> row(rule).ifPresent(rows::add));
        String hit = table.attributes().getOrDefault("hitPolicy", "UNIQUE");
        Yaml policy = TableFile.cell(hit.toLowerCase(Locale.ROOT), table.where(), false);
        return Optional.of(TableFile.table(table.where(), Optional.of(policy), inputs, rows));
    }

    private Yaml input(Xml input) {
        input.child("inputValues")
                .ifPresent(values -> bad(
                        values.where(),
                        "The input has a list of allowed values, which nothing would check.",
                        "Remove it."));
        return input.child("inputExpression").map(this::cell).orElseGet(() -> {
            bad(input.where(), "The input has no expression.", "Write the expression that the column tests.");
            return TableFile.cell("null", input.where(), false);
        });
    }

    private Optional<Yaml> row(Xml rule) {
        List<Yaml> tests = new ArrayList<>();
        rule.children("inputEntry").forEach(entry -> {
            Yaml.Scalar test = cell(entry);
            // A cell that an editor leaves empty tests nothing.
            tests.add(test.text().isEmpty() ? TableFile.cell("-", test.where(), false) : test);
        });
        List<Xml> entries = rule.children("outputEntry");
        if (entries.size() != 1) {
            bad(rule.where(), "The rule has " + entries.size() + " output entries.", "Keep one.");
            return Optional.empty();
        }
        return TableFile.row(rule.where(), tests, cell(entries.getFirst()), problems);
    }

    private Yaml.Scalar cell(Xml element) {
        String language = element.attributes().getOrDefault("expressionLanguage", "FEEL");
        if (!language.toUpperCase(Locale.ROOT).contains("FEEL")) {
            bad(
                    element.where(),
                    "The language '" + FormProblems.shortened(language) + "' is not FEEL.",
                    "Write it in FEEL.");
        }
        return element.child("text")
                .map(text -> TableFile.cell(text.text(), text.contents(), text.standing()))
                .orElseGet(() -> TableFile.cell("", element.where(), false));
    }

    private void bad(Where where, String what, String fix) {
        problems.add(where, ProblemCode.BAD_TABLE, what, fix);
    }
}
