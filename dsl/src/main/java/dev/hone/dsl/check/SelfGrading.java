package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** SELF_GRADING: a model judges what the same model wrote, and the file does not say that this is meant. */
public final class SelfGrading implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        Set<String> writers = subject.flow()
                .all(Step.Call.class)
                .filter(call -> call.into().isPresent())
                .flatMap(call -> model(subject, call).stream())
                .map(model -> model.init().name())
                .collect(Collectors.toSet());
        subject.flow()
                .all(Step.Call.class)
                .filter(call -> call.as().isPresent())
                .flatMap(call -> model(subject, call).stream())
                .distinct()
                .filter(model ->
                        !model.selfGrading() && writers.contains(model.init().name()))
                .forEach(model -> problems.add(
                        model.init().where(),
                        ProblemCode.SELF_GRADING,
                        "'" + model.name() + "' judges with '" + model.init().name()
                                + "', which also writes what is judged.",
                        "Use another model, or add 'selfGrading: allowed' to the slot."));
    }

    private static Optional<Slot.ModelSlot> model(Subject subject, Step.Call call) {
        return subject.workflow().slots().get(call.role().name()) instanceof Slot.ModelSlot model
                ? Optional.of(model)
                : Optional.empty();
    }
}
