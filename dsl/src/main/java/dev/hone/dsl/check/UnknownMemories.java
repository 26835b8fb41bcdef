package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import java.util.Set;

/** UNKNOWN_MEMORY: a memory that is not declared. UNKNOWN_TOOL: an embedder that is not there, or that is needed and not named. */
public final class UnknownMemories implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        Workflow workflow = subject.workflow();
        Set<String> embedders = subject.vocabulary().embedders();
        subject.flow().all(Step.Remember.class).forEach(step -> require(workflow, step.into(), problems));
        subject.flow().all(Step.Recall.class).forEach(step -> {
            require(workflow, step.from(), problems);
            Workflow.Memory memory = workflow.memories().get(step.from().name());
            if (step.like().isPresent() && memory != null && memory.embed().isEmpty()) {
                problems.add(
                        step.like().get().where(),
                        ProblemCode.MISSING_KEY,
                        "'" + step.id() + "' looks for similar items, and the memory '" + memory.name()
                                + "' has no embedder.",
                        "Add 'embed' to the memory, one of " + String.join(", ", new java.util.TreeSet<>(embedders))
                                + ".");
            }
        });
        workflow.memories()
                .values()
                .forEach(memory -> memory.embed().ifPresent(name -> embedder(name, embedders, problems)));
        workflow.policies()
                .values()
                .forEach(policy -> policy.embed().ifPresent(name -> embedder(name, embedders, problems)));
    }

    private static void require(Workflow workflow, Workflow.Name memory, Problems problems) {
        if (!workflow.memories().containsKey(memory.name())) {
            problems.add(
                    memory.where(),
                    ProblemCode.UNKNOWN_MEMORY,
                    "There is no memory '" + memory.name() + "'.",
                    UnknownNames.suggestion(memory.name(), workflow.memories().keySet()));
        }
    }

    private static void embedder(Workflow.Name name, Set<String> embedders, Problems problems) {
        if (!embedders.contains(name.name())) {
            problems.add(
                    name.where(),
                    ProblemCode.UNKNOWN_TOOL,
                    "There is no embedder '" + name.name() + "'.",
                    UnknownNames.suggestion(name.name(), embedders));
        }
    }
}
