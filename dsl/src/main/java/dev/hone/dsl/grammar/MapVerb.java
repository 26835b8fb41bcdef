package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;

final class MapVerb implements Verb {

    @Override
    public String name() {
        return "map";
    }

    @Override
    public String says() {
        return "Repeats steps for every element of a list, or of the product of several.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'map'",
                List.of(
                        required(
                                "over",
                                new Form.Mapping(
                                        "a mapping of element names to lists, such as {i: \"= 1..n\"}",
                                        1,
                                        Naming.VARIABLE,
                                        Form.FEEL),
                                "The element names and their lists; with several, every combination, the last varying fastest."),
                        optional("parallel", Form.FLAG, "Whether the elements are worked on at the same time."),
                        optional("max", Form.FEEL, "The most elements, where the lists do not show it."),
                        optional("do", Verbs.STEPS, "The steps."),
                        ID));
    }

    @Override
    public List<Form.Key> beside() {
        return List.of(ID, required("do", Verbs.STEPS, "The steps; may also stand inside the verb's mapping."));
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.ForEach(
                step.id(),
                fields.expressions("over"),
                fields.flag("parallel"),
                fields.optionalExpression("max"),
                step.steps("do"),
                step.where());
    }
}
