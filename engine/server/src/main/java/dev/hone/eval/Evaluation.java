package dev.hone.eval;

import dev.hone.dsl.EvalPlan;
import dev.hone.dsl.Nearest;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunResult;
import dev.hone.engine.Sha256;
import dev.hone.engine.compile.Program;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an evaluation looks at.
 *
 * @param primary the name that arms are compared on
 * @param reports all reported names, the primary one first
 * @param lower those of which less is better
 */
public record Evaluation(Program program, String primary, List<String> reports, List<String> lower) {

    /** What is reported of a workflow that measures nothing. */
    private static final List<String> COSTS = List.of("calls", "seconds");

    /**
     * By the workflow's {@code measure} and a plan.
     *
     * @throws EngineException when the plan speaks of what is not reported
     */
    public static Evaluation of(Program program, EvalPlan plan) {
        List<String> named = program.workflow().measure().report().stream()
                .map(Workflow.Name::name)
                .toList();
        List<String> reported = named.isEmpty() ? COSTS : named;
        List<Problem> problems = Stream.of(
                        plan.primary().stream(),
                        plan.lower().stream(),
                        plan.variants().values().stream().flatMap(arm -> arm.on().stream()))
                .flatMap(names -> names)
                .filter(name -> !reported.contains(name.name()))
                .map(name -> Problem.at(
                        name.where(),
                        ProblemCode.UNKNOWN_NAME,
                        "the workflow " + program.name() + " does not report '" + name.name() + "'.",
                        Nearest.to(name.name(), reported)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("It reports " + String.join(", ", reported) + ".")))
                .toList();
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        String primary = plan.primary().map(Workflow.Name::name).orElse(reported.getFirst());
        Set<String> order = new LinkedHashSet<>(List.of(primary));
        order.addAll(reported);
        return new Evaluation(
                program,
                primary,
                List.copyOf(order),
                plan.lower().stream().map(Workflow.Name::name).toList());
    }

    /**
     * Judges all that the runs made, and brings together what a report needs.
     *
     * @param results of all trials
     * @param version of Hone
     */
    public Measured measured(Engine engine, Trials trials, Map<Unit, RunResult> results, String version) {
        Optional<String> right = right(results);
        List<String> tasks = new ArrayList<>();
        trials.tasks().forEach(task -> tasks.add(task.toString()));
        return new Measured(
                program.name(),
                program.hash(),
                Sha256.of(tasks.toArray(String[]::new)),
                trials.tasks().size(),
                trials.seeds(),
                trials.request().seed(),
                trials.request().models(),
                trials.request().slots(),
                primary,
                reports,
                lower,
                right,
                version,
                Measured.Machine.here(),
                trials.arms().stream().map(Measured.Side::of).toList(),
                new Rows(engine, right).of(trials, results));
    }

    /** The first reported name that the sealed checks answer with true or false. */
    private Optional<String> right(Map<Unit, RunResult> results) {
        Set<String> sealed = Arms.measured(program.workflow());
        return reports.stream()
                .filter(sealed::contains)
                .filter(name -> results.values().stream()
                        .map(result -> result.measured().get(name))
                        .anyMatch(value -> value != null && value.isBoolean()))
                .findFirst();
    }
}
