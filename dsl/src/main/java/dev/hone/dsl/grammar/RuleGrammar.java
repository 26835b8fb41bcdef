package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules and the closed set of their effects. */
final class RuleGrammar {

    private static final Form EFFECTS = new Form.Keyed(
            "'then'",
            1,
            List.of(
                    optional("exit", Form.TEXT, "Leaves the named loop; 'run' ends the run."),
                    optional("skip", Form.TEXT, "Does not perform the named step in this iteration."),
                    optional("goto", Form.TEXT, "Continues at the named later step."),
                    optional(
                            "accept",
                            Form.TEXT,
                            "Makes the artifact under this name the result, whatever scores better."),
                    optional("flag", Form.TEXT, "Leaves a remark in the run's history.")));

    static final Form FORM = new Form.Keyed(
            "a rule",
            List.of(
                    required(
                            "fact",
                            new Form.Word(Fields.words(Rule.FactKind.class)),
                            "What the rule looks at; it is looked at whenever there is news of it."),
                    required("when", Form.FEEL, "The condition."),
                    required("then", EFFECTS, "What happens when the condition holds."),
                    optional("id", new Form.Named(Naming.ID), "Names the rule in the run's history.")));

    private RuleGrammar() {}

    static List<Rule> readAll(List<Yaml> rules, Problems problems) {
        Map<String, Where> ids = new HashMap<>();
        for (Yaml rule : rules) {
            Fields fields = Fields.of(rule);
            if (fields.has("id")) {
                Where where = fields.scalar("id").where();
                Where first = ids.putIfAbsent(fields.text("id"), where);
                if (first != null) {
                    problems.add(
                            where,
                            ProblemCode.DUPLICATE_ID,
                            "The rule id '" + fields.text("id") + "' was already given in line " + first.line() + ".",
                            "Choose another id.");
                }
            }
        }
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            all.add(read(Fields.of(rules.get(i)), freeId("rule-" + (i + 1), ids)));
        }
        return List.copyOf(all);
    }

    private static String freeId(String id, Map<String, Where> given) {
        return given.containsKey(id) ? freeId(id + "-2", given) : id;
    }

    private static Rule read(Fields fields, String number) {
        return new Rule(
                fields.optionalText("id").orElse(number),
                fields.word("fact", Rule.FactKind.class).orElseThrow(),
                fields.expression("when"),
                List.copyOf(fields.fields("then")
                        .mapped((name, value) -> effect(name, value))
                        .values()),
                fields.where());
    }

    private static Rule.Effect effect(String name, Yaml value) {
        return switch (name) {
            case "exit" -> new Rule.Effect.Exit(Fields.nameOf(value), value.where());
            case "skip" -> new Rule.Effect.Skip(Fields.nameOf(value), value.where());
            case "goto" -> new Rule.Effect.Goto(Fields.nameOf(value), value.where());
            case "accept" -> new Rule.Effect.Accept(Fields.nameOf(value), value.where());
            case "flag" -> new Rule.Effect.Flag(Fields.nameOf(value).name(), value.where());
            default -> throw new IllegalStateException("The form let through the effect " + name);
        };
    }
}
