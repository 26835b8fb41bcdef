package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

final class TrainVerb implements Verb {

    private static final Form DATA = new Form.Keyed(
            "a dataset",
            List.of(
                    required("from", Form.FEEL, "A pool or a memory, by name, or a list."),
                    optional("keep", Form.FEEL, "Whether an item is used, over 'item' and 'score'."),
                    optional(
                            "example", Form.FEEL, "What the trainer is given of an item; the item itself when absent."),
                    optional("weight", Form.FEEL, "How much an item counts; 1 when absent.")));

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String says() {
        return "Trains, which gives a slot a new version.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'train'",
                List.of(
                        required(
                                "trainer",
                                Form.TEXT,
                                "The tool that trains; 'value' of its output is the new version."),
                        required("into", Form.TEXT, "The slot that gets the new version."),
                        optional("data", DATA, "What the trainer learns from; its input 'data'."),
                        optional("with", CallVerb.INPUTS, "The trainer's other inputs, by name."),
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
        return new Step.Train(
                step.id(),
                fields.name("trainer"),
                fields.name("into"),
                fields.has("data") ? Optional.of(data(fields.fields("data"))) : Optional.empty(),
                fields.values("with"),
                fields.optionalName("out"),
                SignalGrammar.read(fields),
                step.where());
    }

    private static Step.Dataset data(Fields fields) {
        return new Step.Dataset(
                fields.expression("from"),
                fields.optionalExpression("keep"),
                fields.optionalExpression("example"),
                fields.optionalExpression("weight"),
                fields.where());
    }
}
