package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;

final class RememberVerb implements Verb {

    @Override
    public String name() {
        return "remember";
    }

    @Override
    public String says() {
        return "Writes to a memory.";
    }

    @Override
    public Form form() {
        java.util.Map<String, Form.Keyed> kinds = new java.util.LinkedHashMap<>();
        kinds.put("item", keyed(required("item", Form.FEEL, "What is remembered.")));
        kinds.put("items", keyed(required("items", Form.FEEL, "A list, each item of which is remembered.")));
        return new Form.ByKey("'remember'", kinds);
    }

    private static Form.Keyed keyed(Form.Key what) {
        return new Form.Keyed(
                "'remember'",
                List.of(
                        required("into", Form.TEXT, "The memory to write to."),
                        what,
                        optional("key", Form.FEEL, "An earlier item of the same key is replaced."),
                        TellVerb.IF,
                        ID));
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        boolean many = fields.has("items");
        return new Step.Remember(
                step.id(),
                fields.name("into"),
                fields.expression(many ? "items" : "item"),
                many,
                fields.optionalExpression("key"),
                fields.optionalExpression("if"),
                step.where());
    }
}
