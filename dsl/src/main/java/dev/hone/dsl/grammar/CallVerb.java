package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.yaml.Yaml;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class CallVerb implements Verb {

    static final Form INPUTS =
            new Form.Mapping("a mapping of names to values, where \"= ...\" is computed", 0, Naming.FIELD, Form.VALUE);
    static final Form.Key OUT = optional(
            "out", new Form.Named(Naming.VARIABLE), "The name under which later steps and rules read the result.");
    static final Form.Key AS = optional(
            "as", SignalGrammar.FORM, "What kind of signal the result is; rules about that kind then look at it.");
    static final Form.Key INTO = optional("into", Form.TEXT, "The pool that the result enters as an artifact.");
    static final Form.Key PARENT = optional("parent", Form.FEEL, "The artifact that the result was made from.");

    @Override
    public String name() {
        return "call";
    }

    @Override
    public String says() {
        return "Asks a model.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'call'",
                List.of(
                        required(
                                "role",
                                Form.TEXT_OR_FEEL,
                                "The model slot to ask; \"= move.arm\" asks the one that is chosen."),
                        optional("in", INPUTS, "What the model is given, by name."),
                        optional(
                                "prompt",
                                Form.TEXT_OR_FEEL,
                                "The message as a template over 'in' ({{ name }}), or \"= slot.NAME\"; without it the inputs are the message."),
                        optional(
                                "system",
                                Form.TEXT_OR_FEEL,
                                "What holds for the whole conversation, as a template over 'in'; sent before the message."),
                        optional(
                                "images",
                                Form.FEEL,
                                "The pictures shown with the message: a PNG, JPEG or GIF in Base64, or a list of them."),
                        optional(
                                "reply",
                                TypeGrammar.REPLY,
                                "The fields of the JSON object that the reply has to be; one that is not is asked for once more."),
                        optional(
                                "n",
                                Form.FEEL,
                                "How many samples, drawn side by side; the name is then the list of them. One when absent."),
                        OUT,
                        AS,
                        INTO,
                        PARENT,
                        ID));
    }

    @Override
    public Optional<String> idFrom() {
        return Optional.of("out");
    }

    /** Several samples are a map of one call over their numbers. */
    @Override
    public Step read(StepSource step) {
        Optional<Expression> n = step.fields().optionalExpression("n");
        if (n.isEmpty()) {
            return call(step, step.id());
        }
        Expression numbers = new Expression(
                "1.." + n.get().text(),
                new Feel.Range(new Feel.Num(BigDecimal.ONE), n.get().feel()),
                n.get().where());
        return new Step.ForEach(
                step.id(),
                Map.of("sample", numbers),
                true,
                n,
                List.of(call(step, step.id() + ".sample")),
                step.where());
    }

    private static Step call(StepSource step, String id) {
        Fields fields = step.fields();
        return new Step.Call(
                id,
                role(fields.scalar("role")),
                fields.values("in"),
                template(fields, "system"),
                template(fields, "prompt"),
                fields.optionalExpression("images"),
                fields.has("reply") ? Optional.of(TypeGrammar.reply(fields.fields("reply"))) : Optional.empty(),
                fields.optionalName("out"),
                SignalGrammar.read(fields),
                entry(fields),
                step.where());
    }

    static Step.Role role(Yaml.Scalar role) {
        return ExpressionText.isMarked(role)
                ? new Step.Role.Computed(ExpressionText.read(role))
                : new Step.Role.Named(Fields.nameOf(role));
    }

    private static Optional<Step.Prompt> template(Fields fields, String key) {
        return fields.has(key) ? Optional.of(prompt(fields.scalar(key))) : Optional.empty();
    }

    static Step.Prompt prompt(Yaml.Scalar prompt) {
        return ExpressionText.isMarked(prompt)
                ? new Step.Prompt.Computed(ExpressionText.read(prompt))
                : new Step.Prompt.Written(prompt.text(), prompt.where());
    }

    /** A parent without a pool is found by the checks. */
    static Optional<Step.Entry> entry(Fields fields) {
        return fields.optionalName("into").map(pool -> new Step.Entry(pool, fields.optionalExpression("parent")));
    }
}
