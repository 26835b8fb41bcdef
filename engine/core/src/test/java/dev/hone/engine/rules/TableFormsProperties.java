package dev.hone.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Problems;
import dev.hone.dsl.Reading;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.WorkflowReader;
import dev.hone.dsl.use.Expansion;
import dev.hone.dsl.use.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A decision table is the same rules, whether it stands in the workflow, in a CSV file or in a DMN file. */
class TableFormsProperties {

    private static final Set<String> PARAMS = Set.of("threshold", "lang");

    /** @param then the effects, as a FEEL context that is YAML, too */
    record Row(List<String> tests, String then) {}

    record Table(Rule.Hit hit, List<String> inputs, List<Row> rows) {

        String workflow(String rules) {
            return "hone: 1\nname: tables\nparams: {threshold: 0.8, lang: en}\nflow: []\nrules:\n" + rules;
        }

        String yaml() {
            StringBuilder yaml = new StringBuilder("  - table: stops\n    fact: verdict\n    hit: " + hit());
            yaml.append("\n    inputs: ").append(list(inputs)).append("\n    rows:\n");
            rows.forEach(row -> yaml.append("      - {if: ")
                    .append(list(row.tests()))
                    .append(", then: ")
                    .append(row.then())
                    .append("}\n"));
            return yaml.toString().replace("hit: " + hit(), "hit: " + word());
        }

        String word() {
            return hit.name().toLowerCase(java.util.Locale.ROOT);
        }

        private static String list(List<String> texts) {
            return texts.stream().map(text -> "'" + text + "'").collect(Collectors.joining(", ", "[", "]"));
        }

        /** The effects stand between the inputs, as they may. */
        String csv() {
            List<String> lines = new ArrayList<>();
            lines.add(record(inputs, "then"));
            rows.forEach(row -> lines.add(record(row.tests(), row.then())));
            return String.join("\r\n", lines);
        }

        private static String record(List<String> cells, String then) {
            List<String> all = new ArrayList<>(cells);
            all.add(1, then);
            return all.stream()
                    .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                    .collect(Collectors.joining(","));
        }

        String dmn() {
            StringBuilder dmn = new StringBuilder(
                    "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' name='d' namespace='urn:d'>"
                            + "<decision name='stops'><decisionTable hitPolicy='" + hit + "'>\n");
            inputs.forEach(input ->
                    dmn.append("<input><inputExpression>").append(text(input)).append("</inputExpression></input>\n"));
            dmn.append("<output name='then'/>\n");
            for (Row row : rows) {
                dmn.append("<rule>");
                row.tests()
                        .forEach(test ->
                                dmn.append("<inputEntry>").append(text(test)).append("</inputEntry>"));
                dmn.append("<outputEntry>").append(text(row.then())).append("</outputEntry></rule>\n");
            }
            return dmn.append("</decisionTable></decision></definitions>").toString();
        }

        private static String text(String feel) {
            return "<text>" + feel.replace("&", "&amp;").replace("<", "&lt;") + "</text>";
        }
    }

    @Property(tries = 300)
    void itIsTheSameRulesAndTakesTheSameDecisions(@ForAll("tables") Table table, @ForAll("facts") List<Fact> facts) {
        List<Rule> inline = rules(table.workflow(table.yaml()), Map.of());
        List<Rule> csv = rules(
                table.workflow("  - {table: a/stops.csv, fact: verdict, hit: " + table.word() + "}\n"),
                Map.of("a/stops.csv", table.csv()));
        List<Rule> dmn =
                rules(table.workflow("  - {table: stops.dmn, fact: verdict}\n"), Map.of("stops.dmn", table.dmn()));

        assertThat(inline).hasSameSizeAs(table.rows());
        assertThat(drl(csv)).isEqualTo(drl(inline));
        assertThat(drl(dmn)).isEqualTo(drl(inline));
        RuleBook first = RuleBook.compile(inline, PARAMS);
        RuleBook second = RuleBook.compile(csv, PARAMS);
        RuleBook third = RuleBook.compile(dmn, PARAMS);
        for (Fact fact : facts) {
            String decided = decided(first, fact);
            assertThat(decided(second, fact)).isEqualTo(decided);
            assertThat(decided(third, fact)).isEqualTo(decided);
        }
    }

    private static List<Rule> rules(String text, Map<String, String> files) {
        Reading reading = WorkflowReader.read("tables.yaml", text);
        assertThat(reading).isInstanceOf(Reading.Parsed.class);
        Problems problems = new Problems();
        Workflow workflow = Expansion.expand(
                ((Reading.Parsed) reading).workflow(),
                path -> Optional.ofNullable(files.get(path)),
                Library.EMPTY,
                problems);
        assertThat(problems.inOrder()).isEmpty();
        return workflow.rules();
    }

    /** Without the places, which differ. */
    private static String drl(List<Rule> rules) {
        return DrlText.print(rules, PARAMS).replaceAll("(?m)^// (tables\\.yaml|a/stops\\.csv|stops\\.dmn):.*\n", "");
    }

    private static String decided(RuleBook book, Fact fact) {
        try {
            return book.decide(fact).json().toString().replaceAll("\"where\":\"[^\"]*\"", "");
        } catch (RuleFailure e) {
            return e.problem().code() + e.problem().what();
        }
    }

    @Provide
    static Arbitrary<List<Fact>> facts() {
        return RuleBookProperties.facts().list().ofSize(5);
    }

    @Provide
    static Arbitrary<Table> tables() {
        Arbitrary<String> input = Arbitraries.of("vis.pass", "verdict.n", "vis.text", "round", "left.calls", "lang");
        return Combinators.combine(
                        Arbitraries.of(Rule.Hit.class), Arbitraries.integers().between(1, 4))
                .flatAs((hit, width) -> Combinators.combine(
                                input.list().ofSize(width),
                                row(width).list().ofMinSize(1).ofMaxSize(6))
                        .as((inputs, rows) -> new Table(hit, inputs, rows)));
    }

    private static Arbitrary<Row> row(int width) {
        Arbitrary<String> test = Arbitraries.of(
                "-",
                "-",
                "true",
                "3",
                "< 3",
                ">= 0.8",
                "[1..5]",
                "(0..threshold)",
                "\"en\"",
                "\"a, b\", \"en\"",
                "not(\"en\")",
                "not(< 3, > 7)",
                "null",
                "\"< & >\"");
        Arbitrary<String> then = Arbitraries.of(
                "{exit: \"run\"}",
                "{flag: \"a, \\\"b\\\" & <c>\", accept: \"draft\"}",
                "{restart: {scope: \"again\", keep: [\"lessons\", \"tries\"]}}",
                "{goto: \"pick\", quarantine: \"signal\"}");
        return Combinators.combine(test.list().ofSize(width), then).as(Row::new);
    }
}
