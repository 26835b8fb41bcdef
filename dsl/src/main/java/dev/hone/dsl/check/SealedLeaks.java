package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.FeelNames;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * SEALED_LEAK: what only the measurement may see is read elsewhere. No expression outside {@code measure} may name a
 * sealed input or a measured name, not even where a step defines the same name anew, so no value derived from one can
 * reach the run either.
 */
public final class SealedLeaks implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        Set<String> sealed = sealedNames(subject.workflow());
        for (Use use : subject.uses()) {
            if (use.inMeasure()) {
                continue;
            }
            FeelNames.roots(use.expression().feel()).stream()
                    .filter(sealed::contains)
                    .forEach(name -> problems.add(
                            use.expression().where(),
                            ProblemCode.SEALED_LEAK,
                            "'" + name + "' is sealed, and " + use.place() + " reads it.",
                            "Read it only under 'measure'; a run that sees it is not measured by it."));
        }
    }

    /** Sealed inputs, sealed signals and measured names. */
    static Set<String> sealedNames(Workflow workflow) {
        Set<String> names = new LinkedHashSet<>();
        workflow.inputs().values().stream()
                .filter(Workflow.Input::sealed)
                .map(Workflow.Input::name)
                .forEach(names::add);
        workflow.steps()
                .filter(step -> step.signal().filter(Step.Signal::sealed).isPresent())
                .flatMap(step -> step.gives().stream())
                .forEach(name -> names.add(name.name()));
        workflow.measure().checks().forEach(check -> names.addAll(check.report().keySet()));
        return names;
    }
}
