package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import dev.hone.dsl.yaml.Yaml;
import java.util.List;

final class IfVerb implements Verb {

    @Override
    public String name() {
        return "if";
    }

    @Override
    public String says() {
        return "Performs steps only when a condition holds.";
    }

    @Override
    public Form form() {
        return Form.FEEL;
    }

    @Override
    public List<Form.Key> beside() {
        return List.of(
                ID,
                required("do", Verbs.STEPS, "The steps when the condition holds."),
                optional("else", Verbs.STEPS, "The steps when it does not."));
    }

    @Override
    public Step read(StepSource step) {
        return new Step.If(
                step.id(),
                ExpressionText.read((Yaml.Scalar) step.value()),
                step.steps("do"),
                step.steps("else"),
                step.where());
    }
}
