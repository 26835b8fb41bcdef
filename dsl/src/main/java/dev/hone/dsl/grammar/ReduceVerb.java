package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

final class ReduceVerb implements Verb {

    @Override
    public String name() {
        return "reduce";
    }

    @Override
    public String says() {
        return "Keeps the best of a pool or a list.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'reduce'",
                List.of(
                        required("from", Form.FEEL, "The pool, by name, or a list."),
                        optional(
                                "by",
                                Form.FEEL,
                                "The number to sort by, highest first, over 'item'; without it a pool's own score."),
                        required("top", Form.FEEL, "How many to keep; with 1 the result is the item itself."),
                        required(
                                "as",
                                new Form.Named(Naming.VARIABLE),
                                "The name under which later steps read the result."),
                        ID));
    }

    @Override
    public List<Form.Key> beside() {
        return List.of(ID);
    }

    @Override
    public Optional<String> idFrom() {
        return Optional.of("as");
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.Reduce(
                step.id(),
                fields.expression("from"),
                fields.optionalExpression("by"),
                fields.expression("top"),
                fields.name("as"),
                step.where());
    }
}
