package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

final class RecallVerb implements Verb {

    @Override
    public String name() {
        return "recall";
    }

    @Override
    public String says() {
        return "Reads a memory.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'recall'",
                List.of(
                        required("from", Form.TEXT, "The memory to read."),
                        optional("like", Form.FEEL, "A text: the items most similar to it come first."),
                        optional("top", Form.FEEL, "How many items at most; the memory's window when absent."),
                        required(
                                "as",
                                new Form.Named(Naming.VARIABLE),
                                "The name under which later steps read the list of items."),
                        ID));
    }

    @Override
    public Optional<String> idFrom() {
        return Optional.of("as");
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.Recall(
                step.id(),
                fields.name("from"),
                fields.optionalExpression("like"),
                fields.optionalExpression("top"),
                fields.name("as"),
                step.where());
    }
}
