package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import dev.hone.dsl.Value;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private static final Form DISTIL = new Form.Keyed(
            "'distil'",
            List.of(
                    required("role", Form.TEXT_OR_FEEL, "The model slot that is asked."),
                    required(
                            "prompt",
                            Form.TEXT_OR_FEEL,
                            "The message, a template over 'item' and 'known', what the memory recalls.")));

    private static Form.Keyed keyed(Form.Key what) {
        return new Form.Keyed(
                "'remember'",
                List.of(
                        required("into", Form.TEXT, "The memory to write to."),
                        what,
                        optional(
                                "distil",
                                DISTIL,
                                "A model makes of the item, and of what is known, what is remembered."),
                        optional("key", Form.FEEL, "An earlier item of the same key is replaced."),
                        TellVerb.IF,
                        ID));
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        boolean many = fields.has("items");
        Expression item = fields.expression(many ? "items" : "item");
        return fields.has("distil")
                ? distilled(step, item)
                : new Step.Remember(
                        step.id(),
                        fields.name("into"),
                        item,
                        many,
                        fields.optionalExpression("key"),
                        fields.optionalExpression("if"),
                        step.where());
    }

    /** Recall, ask, remember. The names in between have a dot, so no author's name is like them. */
    private static Step distilled(StepSource step, Expression item) {
        Fields fields = step.fields();
        Workflow.Name memory = fields.name("into");
        Fields distil = fields.fields("distil");
        Workflow.Name known = new Workflow.Name(step.id() + ".known", step.where());
        Workflow.Name reply = new Workflow.Name(step.id() + ".distilled", step.where());
        List<Step> steps = List.of(
                new Step.Recall(step.id() + ".recall", memory, Optional.empty(), Optional.empty(), known, step.where()),
                new Step.Call(
                        step.id() + ".distil",
                        CallVerb.role(distil.scalar("role")),
                        Map.of("item", new Value.Computed(item), "known", new Value.Computed(read(known))),
                        Optional.empty(),
                        Optional.of(CallVerb.prompt(distil.scalar("prompt"))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(reply),
                        Optional.empty(),
                        Optional.empty(),
                        distil.where()),
                new Step.Remember(
                        step.id() + ".remember",
                        memory,
                        read(reply),
                        false,
                        fields.optionalExpression("key"),
                        Optional.empty(),
                        step.where()));
        Expression condition = fields.optionalExpression("if")
                .orElseGet(() -> new Expression("true", new Feel.Bool(true), step.where()));
        return new Step.If(step.id(), condition, steps, List.of(), step.where());
    }

    private static Expression read(Workflow.Name name) {
        return new Expression(name.name(), new Feel.Name(name.name()), name.where());
    }
}
