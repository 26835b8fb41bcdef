package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Workflow;

/** UNKNOWN_PROVIDER: a model of a provider that the engine cannot reach. */
public final class UnknownProviders implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        for (Slot slot : subject.workflow().slots().values()) {
            if (slot instanceof Slot.ModelSlot model) {
                for (Workflow.Name name : model.models()) {
                    check(name, subject, problems);
                }
            }
        }
    }

    private static void check(Workflow.Name model, Subject subject, Problems problems) {
        String provider = provider(model);
        if (!subject.vocabulary().providers().contains(provider)) {
            problems.add(
                    model.where(),
                    ProblemCode.UNKNOWN_PROVIDER,
                    "There is no model provider '" + provider + "'.",
                    () -> UnknownNames.suggestion(provider, subject.vocabulary().providers()));
        }
    }

    static String provider(Workflow.Name model) {
        return model.name().substring(0, Math.max(0, model.name().indexOf('/')));
    }
}
