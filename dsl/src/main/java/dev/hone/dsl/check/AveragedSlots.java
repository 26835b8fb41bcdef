package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;

/** WRONG_TYPE: an average of what is no number, such as two versions of a model. */
public final class AveragedSlots implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        subject.flow().all(Step.SetSlot.class).filter(AveragedSlots::averages).forEach(set -> {
            Slot slot = subject.workflow().slots().get(set.slot().name());
            if (slot instanceof Slot.ModelSlot || slot instanceof Slot.ScorerSlot || slot instanceof Slot.ToolSlot) {
                problems.add(
                        set.slot().where(),
                        ProblemCode.WRONG_TYPE,
                        "The slot '" + slot.name() + "' holds no numbers that could be averaged.",
                        "Give it a whole version with 'set' or 'train', and go back with 'rollback' or 'reset'.");
            }
        });
    }

    private static boolean averages(Step.SetSlot set) {
        return set.operation() instanceof Step.SlotOperation.Ema
                || set.operation() instanceof Step.SlotOperation.Interpolate;
    }
}
