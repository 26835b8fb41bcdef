package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

/** What a step's result means to the rules: a word, or a mapping that says more. */
final class SignalGrammar {

    private static final Form KIND = new Form.Word(Fields.words(Step.SignalKind.class));

    static final Form FORM = new Form.ShortOrLong(
            KIND,
            new Form.Keyed(
                    "a signal",
                    List.of(
                            required("kind", KIND, "What kind of signal it is."),
                            optional("of", Form.FEEL, "What it is about: an artifact, a step or a slot."),
                            optional("span", Form.FEEL, "The part it is about: [first, last] character, from 1."),
                            optional(
                                    "visibility",
                                    new Form.Word(List.of("open", "sealed")),
                                    "'sealed': only the measurement may read it."),
                            optional("source", new Form.Word(Fields.words(Step.SignalSource.class)), "Who gave it."),
                            optional("confidence", Form.FEEL, "How sure it is, between 0 and 1."),
                            optional("delay", Form.FEEL, "Seconds between what it is about and the signal."))));

    private SignalGrammar() {}

    static Optional<Step.Signal> read(Fields step) {
        if (!step.has("as")) {
            return Optional.empty();
        }
        Fields fields = step.yaml("as") instanceof dev.hone.dsl.yaml.Yaml.Fields long_ ? Fields.of(long_) : Fields.NONE;
        Step.SignalKind kind = (fields == Fields.NONE
                        ? step.word("as", Step.SignalKind.class)
                        : fields.word("kind", Step.SignalKind.class))
                .orElseThrow();
        return Optional.of(new Step.Signal(
                kind,
                fields.optionalExpression("of"),
                fields.optionalExpression("span"),
                fields.optionalText("visibility").filter("sealed"::equals).isPresent(),
                fields.word("source", Step.SignalSource.class),
                fields.optionalExpression("confidence"),
                fields.optionalExpression("delay"),
                step.yaml("as").where()));
    }
}
