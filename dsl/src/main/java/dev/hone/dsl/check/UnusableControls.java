package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow.Control;

/** UNUSABLE_CONTROL: a placebo arm that this workflow has no part to replace for. */
public final class UnusableControls implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        boolean proposes =
                subject.flow().all(Step.class).anyMatch(step -> step.entry().isPresent());
        boolean criticises = subject.flow()
                .all(Step.class)
                .anyMatch(step -> Uses.signal(step)
                        .filter(Step.SignalKind.CRITIQUE::equals)
                        .isPresent());
        for (Control control : subject.workflow().controls()) {
            switch (control.kind()) {
                case SINGLE_SAMPLE, IID_SAME_BUDGET -> {
                    if (!proposes) {
                        unusable(
                                control,
                                "no step writes into a pool",
                                "Add 'into' to the step that proposes.",
                                problems);
                    }
                }
                case NO_MEMORY -> {
                    if (subject.workflow().memories().isEmpty()) {
                        unusable(control, "there is no memory", "Declare one under 'memory'.", problems);
                    }
                }
                case LENGTH_ONLY -> {
                    if (subject.workflow().pools().values().stream()
                            .noneMatch(pool -> pool.score().isPresent())) {
                        unusable(control, "no pool is scored", "Add 'score' to the pool of the result.", problems);
                    }
                }
                case SHUFFLED_FEEDBACK, CONSTANT_FEEDBACK -> {
                    if (!criticises) {
                        unusable(control, "no step gives a critique", "Add 'as: critique' to the step.", problems);
                    }
                }
            }
        }
    }

    private static void unusable(Control control, String because, String fix, Problems problems) {
        problems.add(
                control.where(),
                ProblemCode.UNUSABLE_CONTROL,
                "The control '" + RuleScopes.word(control.kind()) + "' cannot be built: " + because + ".",
                fix);
    }
}
