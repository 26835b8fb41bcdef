package dev.hone.engine.compile;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import dev.hone.dsl.Value;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelNames;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The placebo arms of a workflow.
 *
 * <p>Independent samples are a workflow of their own, derived here: the first call that fills the result pool, {@link
 * #SAMPLES} times, and the best by the pool's own score. Shuffled feedback is the same program, run with the critiques of
 * other runs in the place of its own: {@link #feedbackNames} says which names those are.
 */
public final class Controls {

    /** The parameter that says how many independent samples are drawn. */
    public static final String SAMPLES = "samples";

    private Controls() {}

    /** The workflow that only samples; empty when no call fills the result pool from the inputs alone. */
    public static Optional<Workflow> independentSamples(Workflow workflow) {
        Optional<String> pool = resultPool(workflow);
        return pool.flatMap(name -> proposer(workflow, name)).map(call -> {
            Where where = call.where();
            Expression samples = new Expression(SAMPLES, new Feel.Name(SAMPLES), where);
            Expression all = new Expression(
                    "1.." + SAMPLES, new Feel.Range(new Feel.Num(BigDecimal.ONE), new Feel.Name(SAMPLES)), where);
            Map<String, Value> params = new LinkedHashMap<>(workflow.params());
            params.put(SAMPLES, new Value.Number(BigDecimal.ONE, where));
            Step draw = new Step.ForEach(
                    "independent", Map.of("sample", all), true, Optional.empty(), List.of(call), where);
            return new Workflow(
                    workflow.name() + "--iid",
                    workflow.inputs(),
                    params,
                    workflow.slots(),
                    workflow.pools(),
                    Map.of(),
                    Map.of(),
                    new Workflow.Budget(
                            Map.of(Workflow.Resource.CALLS, samples),
                            workflow.budget().where()),
                    List.of(draw),
                    List.of(),
                    List.of(),
                    workflow.measure(),
                    List.of(),
                    workflow.result(),
                    Optional.empty(),
                    workflow.where());
        });
    }

    /** The pool whose best artifact is the result: the named one, else the only one. */
    public static Optional<String> resultPool(Workflow workflow) {
        return workflow.result()
                .map(Workflow.Name::name)
                .or(() -> workflow.pools().size() == 1
                        ? Optional.of(workflow.pools().keySet().iterator().next())
                        : Optional.empty());
    }

    /** The names that hold critiques, directly or as what a reduce, a map or a memory passes on. */
    public static Set<String> feedbackNames(Workflow workflow) {
        Set<String> names = new HashSet<>();
        Set<String> memories = new HashSet<>();
        int before;
        do {
            before = names.size() + memories.size();
            workflow.steps().forEach(step -> collect(step, names, memories));
        } while (names.size() + memories.size() > before);
        return names;
    }

    /** The first call that fills the pool. */
    private static Optional<Step.Call> proposer(Workflow workflow, String pool) {
        return workflow.steps()
                .filter(Step.Call.class::isInstance)
                .map(Step.Call.class::cast)
                .filter(call -> call.into()
                        .filter(into -> into.pool().name().equals(pool))
                        .isPresent())
                .findFirst();
    }

    private static void collect(Step step, Set<String> names, Set<String> memories) {
        if (step.signal()
                .filter(signal -> signal.kind() == Step.SignalKind.CRITIQUE)
                .isPresent()) {
            step.gives().ifPresent(name -> names.add(name.name()));
        }
        if (step instanceof Step.Reduce reduce && mentions(reduce.from(), names)) {
            names.add(reduce.as().name());
        }
        if (step instanceof Step.Remember remember && mentions(remember.item(), names)) {
            memories.add(remember.into().name());
        }
        if (step instanceof Step.Recall recall
                && memories.contains(recall.from().name())) {
            names.add(recall.as().name());
        }
        if (step instanceof Step.ForEach each) {
            each.over().forEach((name, list) -> {
                if (mentions(list, names)) {
                    names.add(name);
                }
            });
        }
    }

    private static boolean mentions(Expression expression, Set<String> names) {
        return FeelNames.roots(expression.feel()).stream().anyMatch(names::contains);
    }
}
