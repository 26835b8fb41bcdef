package dev.hone.eval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A workflow to be held against others, all of it checked: nothing but its runs can go wrong.
 *
 * @param arms the workflow among them
 * @param tasks the inputs of each, at least one
 * @param seeds how many runs an arm has of a task
 * @param request parameters, models, first seed and labels of all runs
 * @param parallel how many runs at a time
 */
public record Experiment(
        Evaluation evaluation, List<Arm> arms, List<ObjectNode> tasks, int seeds, RunRequest request, int parallel) {

    /** How many runs of a task in an arm when nobody says it. */
    public static final int SEEDS = 3;

    public static final int MOST_PARALLEL = 1_000;

    /**
     * Which part of what could be run is wanted.
     *
     * @param arms by name; all when empty
     * @param seeds those of the plan when empty, else {@value #SEEDS}
     */
    public record Extent(List<String> arms, OptionalInt seeds, int parallel) {}

    /**
     * @param tasks their inputs are checked
     * @throws EngineException with what is wrong with the plan's arms, with the names of arms, with a task, or with a person
     *     who is asked and not there
     */
    public static Experiment of(
            Workshop workshop,
            Program program,
            Source source,
            PlanFile plan,
            List<ObjectNode> tasks,
            RunRequest request,
            Extent extent) {
        List<Arm> all = new ArrayList<>(Arms.controlled(workshop, program, source));
        all.addAll(Arms.planned(workshop, program, source, plan.plan(), plan.beside()));
        List<Arm> chosen = Arms.chosen(all, extent.arms());
        Evaluation evaluation = Evaluation.of(program, plan.plan());
        for (ObjectNode task : tasks) {
            refuse(Inputs.check(program.workflow(), task));
        }
        requireAnswers(program.workflow(), request);
        int seeds = extent.seeds().orElse(plan.plan().seeds().orElse(SEEDS));
        return new Experiment(evaluation, chosen, tasks, seeds, request, extent.parallel());
    }

    /**
     * That somebody answers while many runs are made and nobody is at the keyboard.
     *
     * @throws EngineException with the steps that would wait for ever
     */
    public static void requireAnswers(Workflow workflow, RunRequest request) {
        Set<String> scripted =
                request.person().map(file -> file.person().answers().keySet()).orElse(Set.of());
        refuse(workflow.steps()
                .filter(step ->
                        step instanceof Step.Human human && human.timeout().isEmpty() && !scripted.contains(human.id()))
                .map(step -> Problem.at(
                        step.where(),
                        ProblemCode.UNBOUNDED,
                        "The step " + step.id()
                                + " waits until a person answers, and nobody does while many cases run.",
                        "Give a scripted person (--person), a timeout to the step, or one case alone (--input)."))
                .toList());
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
    }

    /** @param id by which the runs are found again */
    public Trials trials(String id) {
        return new Trials(id, arms, tasks, seeds, request, parallel);
    }

    /** How many runs it is. */
    public long runs() {
        return (long) arms.size() * tasks.size() * seeds;
    }
}
