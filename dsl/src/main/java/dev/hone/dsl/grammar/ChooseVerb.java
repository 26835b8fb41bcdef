package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

final class ChooseVerb implements Verb {

    @Override
    public String name() {
        return "choose";
    }

    @Override
    public String says() {
        return "Asks a policy what to try next.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'choose'",
                List.of(
                        required("policy", Form.TEXT, "The policy to ask."),
                        optional(
                                "numbers",
                                new Form.Mapping("a mapping of names to numbers", 0, Naming.FIELD, Form.FEEL),
                                "Numbers that the policy looks at, such as what a controller measured."),
                        required(
                                "as",
                                new Form.Named(Naming.VARIABLE),
                                "The name of the choice: {trial, arm, node, value, picks, ...}."),
                        ID));
    }

    @Override
    public Optional<String> idFrom() {
        return Optional.of("as");
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.Choose(
                step.id(),
                fields.name("policy"),
                fields.fields("numbers").expressions(),
                fields.name("as"),
                step.where());
    }
}
