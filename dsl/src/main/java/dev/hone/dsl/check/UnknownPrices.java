package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Workflow;

/** UNKNOWN_PRICE: money is limited, but what a model costs is neither said nor listed. Local models cost none. */
public final class UnknownPrices implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        if (!subject.workflow().budget().limits().containsKey(Workflow.Resource.MONEY)) {
            return;
        }
        for (Slot slot : subject.workflow().slots().values()) {
            if (slot instanceof Slot.ModelSlot model
                    && model.price().isEmpty()
                    && subject.vocabulary()
                            .prices()
                            .of(model.init().name(), model.baseUrl().isPresent())
                            .isEmpty()
                    && !UnknownProviders.provider(model).equals("local")) {
                problems.add(
                        model.where(),
                        ProblemCode.UNKNOWN_PRICE,
                        "'budget.money' is set, but the price of the model of '" + model.name() + "' is not known.",
                        "Add 'price: {input: 0.15, output: 0.60}' (US dollars a million tokens) to the slot, or the model to a file for --prices.");
            }
        }
    }
}
