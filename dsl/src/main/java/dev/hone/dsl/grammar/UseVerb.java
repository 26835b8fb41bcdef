package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

final class UseVerb implements Verb {

    static final Form WITH = new Form.Mapping(
            "a mapping of parameters and slots of the used workflow to what takes their place",
            0,
            Naming.ID,
            Form.VALUE);

    @Override
    public String name() {
        return "use";
    }

    @Override
    public String says() {
        return "Runs another workflow as a part of this one.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'use'",
                List.of(
                        required("workflow", Form.TEXT, "The workflow of the catalogue."),
                        optional("in", CallVerb.INPUTS, "Its inputs, by name; an input of the same name is passed on."),
                        optional(
                                "with",
                                WITH,
                                "What takes the place of its parameters and slots; 'model' is for all its models."),
                        CallVerb.OUT,
                        ID));
    }

    @Override
    public Optional<String> idFrom() {
        return Optional.of("workflow");
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.Use(
                step.id(),
                fields.name("workflow"),
                fields.values("in"),
                fields.values("with"),
                fields.optionalName("out"),
                List.of(),
                step.where());
    }
}
