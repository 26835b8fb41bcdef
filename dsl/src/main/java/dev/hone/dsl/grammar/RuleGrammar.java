package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Rule;
import dev.hone.dsl.RuleFile;
import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules and the closed set of their effects. */
final class RuleGrammar {

    private static final Form RESTART = new Form.ShortOrLong(
            Form.TEXT,
            new Form.Keyed(
                    "'restart'",
                    List.of(
                            required("scope", Form.TEXT, "The loop that begins anew."),
                            optional(
                                    "keep",
                                    new Form.ListOf(Form.TEXT),
                                    "The pools, memories, policies and names that survive."))));

    static final Form EFFECTS = new Form.Keyed(
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
                    optional("restart", RESTART, "Begins the named loop anew; what 'keep' does not name is forgotten."),
                    optional(
                            "resume",
                            Form.TEXT,
                            "Begins the next round of the loop around the named step at that step."),
                    optional(
                            "prune",
                            new Form.Word(List.of("subtree")),
                            "'subtree': the branch of the tree that the artifact is in is no longer chosen from."),
                    optional("escalate", Form.TEXT, "Continues at the named human step, which is performed only then."),
                    optional("rollback", Form.TEXT, "The slot goes back to the version promoted last."),
                    optional("promote", Form.TEXT, "The slot's present version is the one to come back to."),
                    optional(
                            "quarantine",
                            new Form.Word(List.of("signal", "artifact")),
                            "What just came is not learned from, and is no result."),
                    optional("pause", Form.TEXT, "Stops the run, for this reason, until a person resumes it."),
                    optional("flag", Form.TEXT, "Leaves a remark in the run's history.")));

    static final Form FACT = new Form.Word(Fields.words(Rule.FactKind.class));

    static final Form.Key SALIENCE = optional(
            "salience",
            new Form.Number(-1000, true),
            "Which rule decides where the flow goes when several hold: the highest; 0 when absent.");

    private static final Form.Keyed RULE = new Form.Keyed(
            "a rule",
            List.of(
                    required("fact", FACT, "What the rule looks at; it is looked at whenever there is news of it."),
                    required("when", Form.FEEL, "The condition."),
                    required("then", EFFECTS, "What happens when the condition holds."),
                    SALIENCE,
                    optional("id", new Form.Named(Naming.ID), "Names the rule in the run's history.")));

    static final Form FORM = new Form.ByKey("a rule", kinds());

    private RuleGrammar() {}

    private static Map<String, Form> kinds() {
        Map<String, Form> kinds = new LinkedHashMap<>();
        kinds.put("when", RULE);
        kinds.put("table", TableGrammar.FORM);
        kinds.put("pack", PackGrammar.FORM);
        kinds.put("drl", DrlGrammar.FORM);
        return kinds;
    }

    /** @param files that have rules, each with its place among the others */
    record Rules(List<Rule> rules, List<RuleFile> files) {}

    static Rules readAll(List<Yaml> rules, Problems problems) {
        Map<String, Where> ids = new HashMap<>();
        for (Yaml rule : rules) {
            Fields fields = Fields.of(rule);
            if (fields.has("table")) {
                Yaml.Scalar name = TableGrammar.name(fields);
                note(TableGrammar.id(name), name.where(), ids, problems);
            } else if (fields.has("id")) {
                note(fields.text("id"), fields.scalar("id").where(), ids, problems);
            }
        }
        List<Rule> all = new ArrayList<>();
        List<RuleFile> files = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Fields fields = Fields.of(rules.get(i));
            if (fields.has("table") && TableGrammar.isInAFile(fields)) {
                files.add(TableGrammar.file(fields, all.size(), problems));
            } else if (fields.has("table")) {
                all.addAll(TableGrammar.read(fields, problems));
            } else if (fields.has("drl")) {
                files.add(DrlGrammar.read(fields, all.size()));
            } else if (fields.has("pack")) {
                String id = freeId(fields.text("pack"), ids);
                ids.putIfAbsent(id, fields.where());
                all.addAll(PackGrammar.read(fields, id, problems));
            } else {
                all.add(read(fields, freeId("rule-" + (i + 1), ids)));
            }
        }
        return new Rules(List.copyOf(all), List.copyOf(files));
    }

    private static void note(String id, Where where, Map<String, Where> ids, Problems problems) {
        Where first = ids.putIfAbsent(id, where);
        if (first != null) {
            problems.add(
                    where,
                    ProblemCode.DUPLICATE_ID,
                    "The rule id '" + id + "' was already given in line " + first.line() + ".",
                    "Choose another id.");
        }
    }

    private static String freeId(String id, Map<String, Where> given) {
        return given.containsKey(id) ? freeId(id + "-2", given) : id;
    }

    private static Rule read(Fields fields, String number) {
        return new Rule(
                fields.optionalText("id").orElse(number),
                fields.word("fact", Rule.FactKind.class).orElseThrow(),
                fields.expression("when"),
                effects(fields),
                salience(fields),
                Optional.empty(),
                "",
                fields.where());
    }

    static List<Rule.Effect> effects(Fields fields) {
        return List.copyOf(fields.fields("then")
                .mapped((name, value) -> effect(name, value))
                .values());
    }

    static int salience(Fields fields) {
        return fields.number("salience").map(BigDecimal::intValueExact).orElse(0);
    }

    private static Rule.Effect effect(String name, Yaml value) {
        return switch (name) {
            case "exit" -> new Rule.Effect.Exit(Fields.nameOf(value), value.where());
            case "skip" -> new Rule.Effect.Skip(Fields.nameOf(value), value.where());
            case "goto" -> new Rule.Effect.Goto(Fields.nameOf(value), value.where());
            case "accept" -> new Rule.Effect.Accept(Fields.nameOf(value), value.where());
            case "restart" -> restart(value);
            case "resume" -> new Rule.Effect.Resume(Fields.nameOf(value), value.where());
            case "prune" -> new Rule.Effect.Prune(value.where());
            case "escalate" -> new Rule.Effect.Escalate(Fields.nameOf(value), value.where());
            case "rollback" -> new Rule.Effect.Rollback(Fields.nameOf(value), value.where());
            case "promote" -> new Rule.Effect.Promote(Fields.nameOf(value), value.where());
            case "quarantine" -> new Rule.Effect.Quarantine(value.where());
            case "pause" -> new Rule.Effect.Pause(Fields.nameOf(value).name(), value.where());
            case "flag" -> new Rule.Effect.Flag(Fields.nameOf(value).name(), value.where());
            default -> throw new IllegalStateException("The form let through the effect " + name);
        };
    }

    private static Rule.Effect restart(Yaml value) {
        if (!(value instanceof Yaml.Fields)) {
            return new Rule.Effect.Restart(Fields.nameOf(value), List.of(), value.where());
        }
        Fields fields = Fields.of(value);
        return new Rule.Effect.Restart(
                fields.name("scope"),
                fields.items("keep").stream().map(Fields::nameOf).toList(),
                value.where());
    }
}
