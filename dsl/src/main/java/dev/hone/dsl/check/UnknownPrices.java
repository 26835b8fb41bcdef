package dev.hone.dsl.check;

import dev.hone.dsl.Prices;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Workflow;

/** UNKNOWN_PRICE: money is limited, but what a model costs is neither said nor listed. Local models cost none. */
public final class UnknownPrices implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        if (!subject.workflow().limitsMoney()) {
            return;
        }
        Prices prices = subject.vocabulary().prices();
        for (Slot slot : subject.workflow().slots().values()) {
            if (slot instanceof Slot.ModelSlot model) {
                if (model.price().isEmpty()
                        && isUnknown(model.init(), model.baseUrl().isPresent(), prices)) {
                    problems.add(
                            model.where(),
                            ProblemCode.UNKNOWN_PRICE,
                            "money is limited, but the price of the model of '" + model.name() + "' is not known.",
                            "Add 'price: {input: 0.15, output: 0.60}' (US dollars a million tokens) to the slot, or the"
                                    + " model to a file for --prices.");
                }
                model.fallback().stream()
                        .filter(other -> isUnknown(other, false, prices))
                        .forEach(other -> problems.add(
                                other.where(),
                                ProblemCode.UNKNOWN_PRICE,
                                "money is limited, but the price of '" + other.name() + "' is not known.",
                                "Add the model to a file for --prices; the slot's price is that of its 'init'."));
            }
        }
    }

    private static boolean isUnknown(Workflow.Name model, boolean elsewhere, Prices prices) {
        return !Prices.free(model.name()) && prices.of(model.name(), elsewhere).isEmpty();
    }
}
