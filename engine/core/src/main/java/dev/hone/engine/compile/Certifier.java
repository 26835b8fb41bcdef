package dev.hone.engine.compile;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import java.math.BigDecimal;
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
    private long trainings;
    private long questions;

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
        long longest = workflow.slots().keySet().stream()
                .mapToLong(this::maxTokens)
                .max()
                .orElse(0);
        return new Certificate(
                most,
                Math.min(outputTokens, Bounds.times(most, longest)),
                atMost(trainings, Workflow.Resource.TRAININGS),
                atMost(questions, Workflow.Resource.QUESTIONS),
                money(most),
                limit(Workflow.Resource.SECONDS),
                List.copyOf(lines));
    }

    private long atMost(long counted, Workflow.Resource resource) {
        return Math.min(counted, limit(resource).orElse(Long.MAX_VALUE));
    }

    /** In millionths of a dollar: the budget's. Without one, prices and lengths of prompts are not known before the run. */
    private OptionalLong money(long mostCalls) {
        Expression money = workflow.budget().limits().get(Workflow.Resource.MONEY);
        return money == null || mostCalls == 0 ? OptionalLong.empty() : bounds.micros(money);
    }

    private OptionalLong limit(Workflow.Resource resource) {
        Expression limit = workflow.budget().limits().get(resource);
        return limit == null ? OptionalLong.empty() : bounds.number(limit);
    }

    private void walk(List<Step> steps, long times) {
        for (Step step : steps) {
            switch (step) {
                case Step.Call call -> {
                    long most = call.reply().isPresent() ? Bounds.times(2, times) : times;
                    calls = Bounds.plus(calls, most);
                    outputTokens = Bounds.plus(outputTokens, Bounds.times(most, maxTokens(call)));
                    String again = call.reply().isPresent() ? ", and as often again for replies that do not fit" : "";
                    lines.add(new Certificate.Line(
                            call.id(), call.where(), most, "called at most " + count(times) + again));
                }
                case Step.Human human -> walkHuman(human, times);
                case Step.Train train -> {
                    trainings = Bounds.plus(trainings, times);
                    lines.add(new Certificate.Line(train.id(), train.where(), times, "trains at most " + count(times)));
                }
                case Step.Reduce reduce ->
                    bounds.number(reduce.top())
                            .ifPresent(top -> bounds.list(reduce.as().name(), top));
                case Step.Recall recall ->
                    recall.top()
                            .or(() -> memory(recall).flatMap(Workflow.Memory::window))
                            .or(() -> memory(recall).flatMap(Workflow.Memory::capacity))
                            .ifPresent(most -> bounds.number(most)
                                    .ifPresent(size -> bounds.list(recall.as().name(), size)));
                case Step.Use use -> walk(use.body(), times);
                case Step.Exec exec -> {}
                case Step.Choose choose -> {}
                case Step.Tell tell -> {}
                case Step.Remember remember -> {}
                case Step.SetSlot set -> {}
                case Step.ForEach each -> walkMap(each, times);
                case Step.Loop loop -> walkLoop(loop, times);
                case Step.If choice -> {
                    walk(choice.then(), times);
                    walk(choice.otherwise(), times);
                }
            }
        }
    }

    private Optional<Workflow.Memory> memory(Step.Recall recall) {
        return Optional.ofNullable(workflow.memories().get(recall.from().name()));
    }

    private void walkHuman(Step.Human human, long times) {
        questions = Bounds.plus(questions, times);
        lines.add(new Certificate.Line(human.id(), human.where(), times, "asks a person at most " + count(times)));
        if (human.timeout().isEmpty() && limit(Workflow.Resource.SECONDS).isEmpty()) {
            unbounded(
                    human.where(),
                    "nothing says how long '" + human.id() + "' waits for a person.",
                    "Give it a timeout, for example timeout: PT24H, or give the budget a time.");
        }
        if (human.otherwise() instanceof Step.Otherwise.Surrogate(Workflow.Name slot)) {
            calls = Bounds.plus(calls, times);
            outputTokens = Bounds.plus(outputTokens, Bounds.times(times, maxTokens(slot.name())));
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
            case Step.Use use -> alwaysCalls(use.body());
            case Step.If choice -> alwaysCalls(choice.then()) && alwaysCalls(choice.otherwise());
            case Step.Exec s -> false;
            case Step.Human s -> false;
            case Step.Choose s -> false;
            case Step.Tell s -> false;
            case Step.Recall s -> false;
            case Step.Remember s -> false;
            case Step.Reduce s -> false;
            case Step.Train s -> false;
            case Step.SetSlot s -> false;
            case Step.ForEach each ->
                each.over().values().stream().allMatch(Certifier::isNotEmpty) && alwaysCalls(each.body());
        });
    }

    /** Whether a list can be seen to have an element. */
    private static boolean isNotEmpty(Expression list) {
        return list.feel() instanceof Feel.Range(Feel.Num(BigDecimal first), Feel.Num(BigDecimal last))
                && first.compareTo(last) <= 0;
    }

    private static List<String> definedIn(List<Step> body) {
        return body.stream()
                .flatMap(Step::all)
                .flatMap(step -> step.gives().stream())
                .map(Workflow.Name::name)
                .toList();
    }

    /** Of a computed role, the most of all models. */
    private long maxTokens(Step.Call call) {
        return switch (call.role()) {
            case Step.Role.Named(Workflow.Name slot) -> maxTokens(slot.name());
            case Step.Role.Computed computed ->
                workflow.slots().keySet().stream()
                        .mapToLong(this::maxTokens)
                        .max()
                        .orElse(0);
        };
    }

    private long maxTokens(String slot) {
        return workflow.slots().get(slot) instanceof Slot.ModelSlot model ? model.maxTokens() : 0;
    }

    private void unbounded(dev.hone.dsl.Where where, String what, String fix) {
        problems.add(Problem.at(where, ProblemCode.UNBOUNDED, what, fix));
    }

    private static String count(long times) {
        return times == 1 ? "once" : times + " times";
    }
}
