package dev.hone.engine.compile;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Computes the spend certificate, or names every line that lacks a bound. */
public final class Certifier {

    private final Workflow workflow;
    private final Bounds bounds;
    private final List<Problem> problems;
    private final List<Certificate.Line> lines = new ArrayList<>();
    private final OptionalLong budgetCalls;
    private long calls;
    private long outputTokens;

    private Certifier(Workflow workflow, Map<String, @Nullable Object> params, List<Problem> problems) {
        this.workflow = workflow;
        this.bounds = new Bounds(params);
        this.problems = problems;
        this.budgetCalls = limit(Workflow.Resource.CALLS);
    }

    /**
     * The certificate under the given parameters.
     *
     * @param problems receives UNBOUNDED for each line without a bound; the result is empty exactly when there is one
     */
    public static Optional<Certificate> certify(
            Workflow workflow, Map<String, @Nullable Object> params, List<Problem> problems) {
        List<Problem> own = new ArrayList<>();
        Certificate certificate = new Certifier(workflow, params, own).certify();
        problems.addAll(own);
        return own.isEmpty() ? Optional.of(certificate) : Optional.empty();
    }

    private Certificate certify() {
        workflow.budget().limits().forEach((resource, limit) -> {
            if (limit(resource).isEmpty()) {
                problems.add(Problem.at(
                        limit.where(),
                        ProblemCode.UNBOUNDED,
                        "the budget's " + limit.text() + " is not a number that the parameters determine.",
                        "Use numbers and parameters only."));
            }
        });
        walk(workflow.flow(), 1);
        long most = budgetCalls.isPresent() ? Math.min(calls, budgetCalls.getAsLong()) : calls;
        if (most < calls) {
            lines.add(new Certificate.Line(
                    "budget",
                    workflow.budget().where(),
                    most,
                    "the budget of " + most + " calls ends what could otherwise take " + calls));
        }
        return new Certificate(most, outputTokens, limit(Workflow.Resource.SECONDS), List.copyOf(lines));
    }

    private OptionalLong limit(Workflow.Resource resource) {
        Expression limit = workflow.budget().limits().get(resource);
        return limit == null ? OptionalLong.empty() : bounds.number(limit);
    }

    private void walk(List<Step> steps, long times) {
        for (Step step : steps) {
            switch (step) {
                case Step.Call call -> {
                    calls = Bounds.plus(calls, times);
                    outputTokens = Bounds.plus(outputTokens, Bounds.times(times, maxTokens(call)));
                    lines.add(new Certificate.Line(call.id(), call.where(), times, "called at most " + count(times)));
                }
                case Step.Exec exec -> {}
                case Step.Reduce reduce ->
                    bounds.number(reduce.top())
                            .ifPresent(top -> bounds.list(reduce.as().name(), top));
                case Step.ForEach each -> walkMap(each, times);
                case Step.Loop loop -> walkLoop(loop, times);
                case Step.If choice -> {
                    walk(choice.then(), times);
                    walk(choice.otherwise(), times);
                }
            }
        }
    }

    private void walkMap(Step.ForEach each, long times) {
        OptionalLong size = each.max().isPresent() ? bounds.number(each.max().get()) : OptionalLong.of(1);
        if (each.max().isEmpty()) {
            for (Expression over : each.over().values()) {
                OptionalLong one = bounds.size(over);
                if (one.isEmpty()) {
                    unbounded(
                            over.where(),
                            "nothing says how long the list " + over.text() + " can be.",
                            "Give the map a max, for example max: 100.");
                    return;
                }
                size = OptionalLong.of(Bounds.times(size.orElse(1), one.getAsLong()));
            }
        } else if (size.isEmpty()) {
            unbounded(
                    each.max().get().where(),
                    "max is not a number that the parameters determine.",
                    "Use numbers and parameters only.");
            return;
        }
        long most = size.getAsLong();
        lines.add(new Certificate.Line(
                each.id(), each.where(), Bounds.times(times, most), "a list of at most " + most + ", " + count(times)));
        walk(each.body(), Bounds.times(times, most));
        // Behind the map each name of its body is the list of all its values.
        for (String name : definedIn(each.body())) {
            bounds.list(name, most);
        }
    }

    private void walkLoop(Step.Loop loop, long times) {
        OptionalLong rounds;
        String why;
        if (loop.max().isPresent()) {
            rounds = bounds.number(loop.max().get());
            why = "at most %d rounds, its max";
            if (rounds.isEmpty()) {
                unbounded(
                        loop.max().get().where(),
                        "max is not a number that the parameters determine.",
                        "Use numbers and parameters only.");
                return;
            }
        } else if (budgetCalls.isPresent() && alwaysCalls(loop.body())) {
            rounds = budgetCalls;
            why = "at most %d rounds: each makes a call, and the budget has no more";
        } else {
            unbounded(
                    loop.where(),
                    "the loop " + loop.id() + " has no bound.",
                    "Give it a max, for example max: 10; or a budget of calls, when every round makes one.");
            return;
        }
        long most = rounds.getAsLong();
        lines.add(new Certificate.Line(
                loop.id(), loop.where(), Bounds.times(times, most), String.format(Locale.ROOT, why, most)));
        walk(loop.body(), Bounds.times(times, most));
    }

    /** Whether every round makes a model call, whatever branch it takes. */
    private static boolean alwaysCalls(List<Step> body) {
        return body.stream().anyMatch(step -> switch (step) {
            case Step.Call call -> true;
            case Step.Loop loop -> alwaysCalls(loop.body());
            case Step.If choice -> alwaysCalls(choice.then()) && alwaysCalls(choice.otherwise());
            case Step.Exec exec -> false;
            case Step.Reduce reduce -> false;
            case Step.ForEach each -> false;
        });
    }

    private static List<String> definedIn(List<Step> body) {
        List<String> names = new ArrayList<>();
        for (Step step : body) {
            switch (step) {
                case Step.Call call -> call.out().ifPresent(name -> names.add(name.name()));
                case Step.Exec exec -> exec.out().ifPresent(name -> names.add(name.name()));
                case Step.Reduce reduce -> names.add(reduce.as().name());
                case Step.ForEach each -> names.addAll(definedIn(each.body()));
                case Step.Loop loop -> names.addAll(definedIn(loop.body()));
                case Step.If choice -> {
                    names.addAll(definedIn(choice.then()));
                    names.addAll(definedIn(choice.otherwise()));
                }
            }
        }
        return names;
    }

    private long maxTokens(Step.Call call) {
        return workflow.slots().get(call.role().name()) instanceof Slot.ModelSlot slot ? slot.maxTokens() : 0;
    }

    private void unbounded(dev.hone.dsl.Where where, String what, String fix) {
        problems.add(Problem.at(where, ProblemCode.UNBOUNDED, what, fix));
    }

    private static String count(long times) {
        return times == 1 ? "once" : times + " times";
    }
}
