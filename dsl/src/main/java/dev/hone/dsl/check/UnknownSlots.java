package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;

/** UNKNOWN_SLOT: a role that is no model slot, a score that is no scorer slot. */
public final class UnknownSlots implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        subject.flow()
                .all(Step.Call.class)
                .forEach(call -> require(subject.workflow(), call.role(), Slot.ModelSlot.class, problems));
        subject.workflow()
                .pools()
                .values()
                .forEach(pool -> pool.score()
                        .ifPresent(score -> require(subject.workflow(), score, Slot.ScorerSlot.class, problems)));
    }

    private static void require(Workflow workflow, Workflow.Name name, Class<? extends Slot> kind, Problems problems) {
        Slot slot = workflow.slots().get(name.name());
        if (kind.isInstance(slot)) {
            return;
        }
        String wanted = kind == Slot.ModelSlot.class ? "model" : "scorer";
        problems.add(
                name.where(),
                ProblemCode.UNKNOWN_SLOT,
                slot == null
                        ? "There is no slot '" + name.name() + "'."
                        : "The slot '" + name.name() + "' is not a " + wanted + " slot.",
                () -> slot == null
                        ? UnknownNames.suggestion(name.name(), workflow.slots().keySet())
                        : "Name a slot of 'kind: " + wanted + "'.");
    }
}
