package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SELF_GRADING: a model judges what the same model wrote, and the file does not say that this is meant. */
public final class SelfGrading implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        Set<String> writers = subject.flow()
                .all(Step.Call.class)
                .filter(call -> call.into().isPresent())
                .flatMap(call -> models(subject, call))
                .flatMap(model -> model.models().stream())
                .map(Workflow.Name::name)
                .collect(Collectors.toSet());
        subject.flow()
                .all(Step.Call.class)
                .filter(call -> call.as().isPresent())
                .flatMap(call -> models(subject, call))
                .distinct()
                .filter(model -> !model.selfGrading())
                .forEach(model -> model.models().stream()
                        .filter(name -> writers.contains(name.name()))
                        .forEach(name -> problems.add(
                                name.where(),
                                ProblemCode.SELF_GRADING,
                                "'" + model.name() + "' judges with '" + name.name()
                                        + "', which also writes what is judged.",
                                "Use another model, or add 'selfGrading: allowed' to the slot.")));
    }

    /** The models that may answer: of a computed role, every arm of the policies. */
    private static Stream<Slot.ModelSlot> models(Subject subject, Step.Call call) {
        Stream<Workflow.Name> slots = call.role() instanceof Step.Role.Named(Workflow.Name slot)
                ? Stream.of(slot)
                : subject.workflow().policies().values().stream().flatMap(policy -> policy.arms().stream());
        return slots.map(slot -> subject.workflow().slots().get(slot.name()))
                .filter(Slot.ModelSlot.class::isInstance)
                .map(Slot.ModelSlot.class::cast);
    }
}
