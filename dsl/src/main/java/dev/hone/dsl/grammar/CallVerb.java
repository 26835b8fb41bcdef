package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

final class CallVerb implements Verb {

    static final Form SIGNAL = new Form.Word(Fields.words(Step.SignalKind.class));
    static final Form INPUTS =
            new Form.Mapping("a mapping of names to values, where \"= ...\" is computed", 0, Naming.FIELD, Form.VALUE);
    static final Form.Key OUT = optional(
            "out", new Form.Named(Naming.VARIABLE), "The name under which later steps and rules read the result.");
    static final Form.Key AS =
            optional("as", SIGNAL, "What kind of signal the result is; rules about that kind then look at it.");

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
                        required("role", Form.TEXT, "The model slot to ask."),
                        optional("in", INPUTS, "What the model is given, by name."),
                        optional(
                                "prompt",
                                Form.TEXT,
                                "The message as a template over 'in' ({{ name }}); without it the inputs are the message."),
                        OUT,
                        AS,
                        optional("into", Form.TEXT, "The pool that the reply enters as an artifact."),
                        optional("parent", Form.FEEL, "The artifact that the reply was made from."),
                        ID));
    }

    @Override
    public List<Form.Key> beside() {
        return List.of(ID);
    }

    @Override
    public Optional<String> idFrom() {
        return Optional.of("out");
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.Call(
                step.id(),
                fields.name("role"),
                fields.values("in"),
                fields.has("prompt")
                        ? Optional.of(new Step.Prompt(
                                fields.text("prompt"), fields.scalar("prompt").where()))
                        : Optional.empty(),
                fields.optionalName("out"),
                fields.word("as", Step.SignalKind.class),
                fields.optionalName("into"),
                fields.optionalExpression("parent"),
                step.where());
    }
}
