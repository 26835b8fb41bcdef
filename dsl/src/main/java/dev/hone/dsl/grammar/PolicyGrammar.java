package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Workflow;
import dev.hone.dsl.yaml.Yaml;
import java.util.List;

/** What chooses what to try next. Which kinds there are, and their settings, the engine says. */
final class PolicyGrammar {

    static final Form FORM = new Form.Keyed(
            "a policy",
            List.of(
                    required("kind", Form.TEXT, "The policy, such as 'ucb1' or 'abmcts-a'."),
                    optional("over", Form.TEXT, "The pool that it chooses from."),
                    optional("arms", new Form.ListOf(Form.TEXT), "The model slots or words that it chooses from."),
                    optional("features", Form.FEEL, "A list of numbers that describe an artifact, over 'item'."),
                    optional("embed", Form.TEXT, "The embedder that describes artifacts, in the place of 'features'."),
                    optional(
                            "settings",
                            new Form.Mapping("a mapping of settings to numbers", 0, Naming.FIELD, Form.FEEL),
                            "The policy's own numbers.")));

    private PolicyGrammar() {}

    static Workflow.PolicyUse read(String name, Yaml yaml) {
        Fields fields = Fields.of(yaml);
        return new Workflow.PolicyUse(
                name,
                fields.name("kind"),
                fields.optionalName("over"),
                fields.items("arms").stream().map(Fields::nameOf).toList(),
                fields.optionalExpression("features"),
                fields.optionalName("embed"),
                fields.expressions("settings"),
                yaml.where());
    }
}
