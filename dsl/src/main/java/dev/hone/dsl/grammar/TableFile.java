package dev.hone.dsl.grammar;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Rule;
import dev.hone.dsl.RuleFile;
import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml;
import dev.hone.dsl.yaml.YamlParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The decision table of a CSV or DMN file. It becomes the YAML that says the same in a workflow, with each cell at its own
 * place in the file, and is checked and read as that.
 */
public final class TableFile {

    private static final Yaml.Span ELSEWHERE = new Yaml.Span(0, 0, true);

    private TableFile() {}

    /** @return every row as a rule; none when the file has problems */
    public static List<Rule> read(RuleFile.Table table, String text, Problems problems) {
        Problems own = new Problems();
        List<Rule> rules = contents(table, text, own)
                .filter(contents -> {
                    FormCheck.check(contents, TableGrammar.CONTENTS, own);
                    return own.isEmpty();
                })
                .map(contents -> read(table, Fields.of(contents), own))
                .orElse(List.of());
        problems.addAll(own.inOrder());
        return own.isEmpty() ? rules : List.of();
    }

    private static Optional<Yaml.Fields> contents(RuleFile.Table table, String text, Problems problems) {
        String file = table.shown();
        if (text.length() > YamlParser.MAX_LENGTH) {
            problems.add(
                    new Where(file, 1, 1),
                    ProblemCode.BAD_TABLE,
                    "The file has " + text.length() + " characters; " + YamlParser.MAX_LENGTH + " are allowed.",
                    "Let ranges and lists of values stand for many rows, or compute in a tool.");
            return Optional.empty();
        }
        String marked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return file.endsWith(".dmn") ? DmnTable.read(file, marked, problems) : CsvTable.read(file, marked, problems);
    }

    private static List<Rule> read(RuleFile.Table table, Fields contents, Problems problems) {
        Rule.Hit hit =
                table.hit().or(() -> contents.word("hit", Rule.Hit.class)).orElse(Rule.Hit.FIRST);
        return TableGrammar.read(table.id(), table.fact(), hit, table.salience(), contents, problems);
    }

    // --- what a file's reader makes of it

    /** @param standing whether the text stands in the file as it is, so that places inside of it can be told */
    static Yaml.Scalar cell(String text, Where where, boolean standing) {
        return new Yaml.Scalar(Yaml.Scalar.Kind.TEXT, text, where, where, standing, ELSEWHERE);
    }

    static Yaml.Fields table(Where where, Optional<Yaml> hit, List<Yaml> inputs, List<Yaml> rows) {
        Map<String, Yaml> parts = new LinkedHashMap<>();
        hit.ifPresent(policy -> parts.put("hit", policy));
        parts.put("inputs", new Yaml.Items(inputs, where, ELSEWHERE));
        parts.put("rows", new Yaml.Items(rows, where, ELSEWHERE));
        return fields(where, parts);
    }

    /**
     * A row, unless its effects are no YAML.
     *
     * @param then the effects as they stand in a workflow: {@code {exit: search}}
     */
    static Optional<Yaml> row(Where where, List<Yaml> tests, Yaml.Scalar then, Problems problems) {
        if (then.text().isBlank()) {
            problems.add(
                    then.where(),
                    ProblemCode.BAD_TABLE,
                    "The row has no effects.",
                    "Write what happens as in a workflow, for example {exit: run}.");
            return Optional.empty();
        }
        return YamlParser.parse(then.where(), then.text(), problems)
                .map(effects -> fields(where, Map.of("if", new Yaml.Items(tests, where, ELSEWHERE), "then", effects)));
    }

    private static Yaml.Fields fields(Where where, Map<String, Yaml> parts) {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        parts.forEach((key, value) -> entries.put(key, new Yaml.Entry(value.where(), ELSEWHERE, value)));
        return new Yaml.Fields(entries, where, ELSEWHERE);
    }
}
