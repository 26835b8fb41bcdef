package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Rule;
import dev.hone.dsl.RulePack;
import dev.hone.dsl.Value;
import dev.hone.dsl.Where;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pack of rules that is shipped: the author names what it is about, its numbers and what happens. */
final class PackGrammar {

    static final Form.Keyed FORM = new Form.Keyed(
            "a rule pack",
            List.of(
                    required("pack", new Form.Word(RulePack.names()), "The pack."),
                    required("of", new Form.Named(Naming.VARIABLE), "The signal, pool or loop that it is about."),
                    optional(
                            "with",
                            new Form.Mapping(
                                    "a mapping of the pack's names to values", 0, Naming.FIELD, new Form.Literal()),
                            "The pack's own numbers and names; each has a standard."),
                    required("then", RuleGrammar.EFFECTS, "What happens when the pack's condition holds."),
                    RuleGrammar.SALIENCE,
                    optional("id", new Form.Named(Naming.ID), "Names the rule; the pack's name when absent.")));

    private PackGrammar() {}

    static List<Rule> read(Fields fields, String id, Problems problems) {
        RulePack pack = RulePack.of(fields.text("pack"));
        Map<String, Feel> given = new HashMap<>();
        given.put("subject", new Feel.Name(fields.text("of")));
        pack.settings().forEach((name, standard) -> given.put(name, standard));
        fields.values("with").forEach((name, value) -> {
            if (!pack.settings().containsKey(name)) {
                problems.add(
                        value.where(),
                        dev.hone.dsl.ProblemCode.UNKNOWN_PART,
                        "The pack '" + pack.name() + "' has no '" + name + "'.",
                        pack.settings().isEmpty()
                                ? "It takes nothing."
                                : "It has " + String.join(", ", pack.settings().keySet()) + ".");
            } else {
                given.put(name, feel(value));
            }
        });
        List<Rule> rules = new ArrayList<>();
        Where where = fields.where();
        Feel when = pack.condition(given);
        rules.add(new Rule(
                fields.optionalText("id").orElse(id),
                pack.fact(),
                new Expression(FeelText.print(when), when, where),
                RuleGrammar.effects(fields),
                RuleGrammar.salience(fields),
                Optional.empty(),
                "",
                where));
        return List.copyOf(rules);
    }

    /** A text is the name of a parameter or of a field. */
    private static Feel feel(Value value) {
        return switch (value) {
            case Value.Number(BigDecimal number, var where) -> new Feel.Num(number);
            case Value.Bool(boolean bool, var where) -> new Feel.Bool(bool);
            case Value.Text(String text, var where) -> new Feel.Name(text);
            case Value.Items items -> throw new IllegalStateException("The form let through " + items);
            case Value.Fields f -> throw new IllegalStateException("The form let through " + f);
            case Value.Nothing nothing -> throw new IllegalStateException("The form let through " + nothing);
            case Value.Computed computed -> throw new IllegalStateException("The form let through " + computed);
        };
    }
}
