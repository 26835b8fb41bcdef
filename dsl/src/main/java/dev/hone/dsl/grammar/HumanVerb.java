package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

final class HumanVerb implements Verb {

    private static final Form SURROGATE = new Form.Keyed(
            "'else'", List.of(required("surrogate", Form.TEXT, "The model slot that answers in the person's place.")));

    @Override
    public String name() {
        return "human";
    }

    @Override
    public String says() {
        return "Asks a person.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'human'",
                List.of(
                        required("form", new Form.Word(Fields.words(Step.HumanForm.class)), "What they are asked for."),
                        optional("question", Form.TEXT, "What they are asked, in a sentence or two."),
                        optional("show", CallVerb.INPUTS, "What they look at, by name."),
                        optional("shuffle", Form.FLAG, "Whether the order of what they see is left to chance."),
                        optional("timeout", new Form.Time(), "How long to wait, such as PT24H; then 'else' happens."),
                        optional(
                                "else",
                                new Form.ShortOrLong(new Form.Word(List.of("skip", "defer")), SURROGATE),
                                "What happens when nobody answers in time; 'skip' when absent."),
                        CallVerb.OUT,
                        CallVerb.AS,
                        ID));
    }

    @Override
    public Optional<String> idFrom() {
        return Optional.of("out");
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.Human(
                step.id(),
                fields.word("form", Step.HumanForm.class).orElseThrow(),
                fields.optionalText("question"),
                fields.values("show"),
                fields.flag("shuffle"),
                fields.optionalSeconds("timeout"),
                otherwise(fields),
                fields.optionalName("out"),
                SignalGrammar.read(fields),
                step.where());
    }

    private static Step.Otherwise otherwise(Fields fields) {
        if (fields.has("else") && fields.yaml("else") instanceof dev.hone.dsl.yaml.Yaml.Fields) {
            return new Step.Otherwise.Surrogate(fields.fields("else").name("surrogate"));
        }
        return fields.optionalText("else").filter("defer"::equals).isPresent()
                ? new Step.Otherwise.Defer()
                : new Step.Otherwise.Skip();
    }
}
