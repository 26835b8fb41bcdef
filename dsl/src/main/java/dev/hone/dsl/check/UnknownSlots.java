package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;

/** UNKNOWN_SLOT: a role that is no model slot, a score that is no scorer slot. */
public final class UnknownSlots implements Check {

    private record Wanted(Class<? extends Slot> kind, String word) {}

    private static final Wanted MODEL = new Wanted(Slot.ModelSlot.class, "model");
    private static final Wanted SCORER = new Wanted(Slot.ScorerSlot.class, "scorer");
    private static final Wanted ANY = new Wanted(Slot.class, "any");

    @Override
    public void check(Subject subject, Problems problems) {
        Workflow workflow = subject.workflow();
        subject.flow()
                .all(Step.Call.class)
                .flatMap(call -> Uses.named(call.role()))
                .forEach(role -> require(workflow, role, MODEL, problems));
        subject.flow().all(Step.Human.class).forEach(human -> {
            if (human.otherwise() instanceof Step.Otherwise.Surrogate(Workflow.Name slot)) {
                require(workflow, slot, MODEL, problems);
            }
        });
        subject.flow().all(Step.SetSlot.class).forEach(set -> require(workflow, set.slot(), ANY, problems));
        subject.flow().all(Step.Train.class).forEach(train -> require(workflow, train.into(), ANY, problems));
        workflow.reactions().flatMap(rule -> rule.then().stream()).forEach(effect -> {
            if (effect instanceof Rule.Effect.Rollback(Workflow.Name slot, var where)) {
                require(workflow, slot, ANY, problems);
            } else if (effect instanceof Rule.Effect.Promote(Workflow.Name slot, var where)) {
                require(workflow, slot, ANY, problems);
            }
        });
        workflow.pools()
                .values()
                .forEach(pool -> pool.score().ifPresent(score -> require(workflow, score, SCORER, problems)));
    }

    private static void require(Workflow workflow, Workflow.Name name, Wanted wanted, Problems problems) {
        Slot slot = workflow.slots().get(name.name());
        if (slot == null) {
            problems.add(
                    name.where(),
                    ProblemCode.UNKNOWN_SLOT,
                    "There is no slot '" + name.name() + "'.",
                    () -> UnknownNames.suggestion(name.name(), workflow.slots().keySet()));
        } else if (!wanted.kind().isInstance(slot)) {
            problems.add(
                    name.where(),
                    ProblemCode.UNKNOWN_SLOT,
                    "The slot '" + name.name() + "' is not a " + wanted.word() + " slot.",
                    "Name a slot of 'kind: " + wanted.word() + "'.");
        }
    }
}
