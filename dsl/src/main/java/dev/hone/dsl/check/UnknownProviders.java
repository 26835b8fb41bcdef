package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Slot;

/** UNKNOWN_PROVIDER: a model of a provider that the engine cannot reach. */
public final class UnknownProviders implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        for (Slot slot : subject.workflow().slots().values()) {
            if (slot instanceof Slot.ModelSlot model
                    && !subject.vocabulary().providers().contains(provider(model))) {
                problems.add(
                        model.init().where(),
                        ProblemCode.UNKNOWN_PROVIDER,
                        "There is no model provider '" + provider(model) + "'.",
                        () -> UnknownNames.suggestion(
                                provider(model), subject.vocabulary().providers()));
            }
        }
    }

    static String provider(Slot.ModelSlot model) {
        String init = model.init().name();
        return init.substring(0, Math.max(0, init.indexOf('/')));
    }
}
