package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;

final class LoopVerb implements Verb {

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public String says() {
        return "Repeats steps until a rule or a condition stops it.";
    }

    @Override
    public Form form() {
        return new Form.Keyed(
                "'loop'",
                List.of(
                        optional("max", Form.FEEL, "The most rounds; may be absent where the budget bounds them."),
                        optional("until", Form.FEEL, "Looked at after every round: true ends the loop."),
                        optional(
                                "budget",
                                WorkflowGrammar.LOOP_BUDGET,
                                "What all rounds together may spend; a call that does not fit ends the loop."),
                        optional("do", Verbs.STEPS, "The steps of a round."),
                        ID));
    }

    @Override
    public List<Form.Key> beside() {
        return List.of(
                ID, required("do", Verbs.STEPS, "The steps of a round; may also stand inside the verb's mapping."));
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        return new Step.Loop(
                step.id(),
                fields.optionalExpression("max"),
                fields.optionalExpression("until"),
                WorkflowGrammar.spent(fields.fields("budget")),
                step.steps("do"),
                step.where());
    }
}
