package dev.hone.dsl.check;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * UNKNOWN_TARGET, BAD_TARGET: an effect that names no step, or one that the flow cannot go to from where the rule is
 * looked at. UNKNOWN_NAME: a rule about a signal that no step gives, or an accepted artifact that is none.
 */
public final class RuleTargets implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        for (Rule rule : subject.workflow().rules()) {
            if (problems.isFull()) {
                return;
            }
            List<FlowIndex.Place> triggers = triggers(subject, rule.fact());
            if (triggers.isEmpty()) {
                problems.add(
                        rule.where(),
                        ProblemCode.UNKNOWN_NAME,
                        "The rule '" + rule.id() + "' can never fire: no step gives " + RuleScopes.word(rule.fact())
                                + " facts.",
                        remedy(rule.fact()));
                continue;
            }
            oneDirection(rule, problems);
            for (Rule.Effect effect : rule.then()) {
                problem(subject, effect, triggers)
                        .ifPresent(p -> problems.add(p.where().orElseThrow(), p.code(), p.what(), p.fix()));
            }
        }
    }

    private static void oneDirection(Rule rule, Problems problems) {
        List<Rule.Effect> directions = rule.then().stream()
                .filter(effect -> effect instanceof Rule.Effect.Exit || effect instanceof Rule.Effect.Goto)
                .toList();
        if (directions.size() > 1) {
            problems.add(
                    directions.get(1).where(),
                    ProblemCode.BAD_TARGET,
                    "The rule '" + rule.id() + "' sends the flow to two places.",
                    "Keep either 'exit' or 'goto'.");
        }
    }

    /** The steps after which a rule about the fact is looked at. */
    private static List<FlowIndex.Place> triggers(Subject subject, Rule.FactKind fact) {
        return subject.flow()
                .all(Step.class)
                .filter(step -> switch (fact) {
                    case VERDICT, SCORE, CRITIQUE -> Uses.signal(step).equals(RuleScopes.signalOf(fact));
                    case BUDGET -> step instanceof Step.Call;
                    case LOOP -> step instanceof Step.Loop;
                    case POOL -> step instanceof Step.Call call && call.into().isPresent();
                })
                .flatMap(step -> subject.flow().find(step.id()).stream())
                .toList();
    }

    private static String remedy(Rule.FactKind fact) {
        return switch (fact) {
            case VERDICT, SCORE, CRITIQUE -> "Add 'as: " + RuleScopes.word(fact) + "' to the step that it is about.";
            case BUDGET -> "Add a 'call' to the flow, or remove the rule.";
            case LOOP -> "Add a 'loop' to the flow, or remove the rule.";
            case POOL -> "Add 'into' to the call whose replies enter the pool.";
        };
    }

    private static Optional<Problem> problem(Subject subject, Rule.Effect effect, List<FlowIndex.Place> triggers) {
        return switch (effect) {
            case Rule.Effect.Exit(Workflow.Name target, var where) -> exit(subject, target, triggers);
            case Rule.Effect.Skip(Workflow.Name target, var where) -> forward(subject, "skip", target, triggers);
            case Rule.Effect.Goto(Workflow.Name target, var where) -> forward(subject, "goto", target, triggers);
            case Rule.Effect.Accept(Workflow.Name artifact, var where) -> accept(subject, artifact);
            case Rule.Effect.Flag flag -> Optional.empty();
        };
    }

    private static Optional<Problem> exit(Subject subject, Workflow.Name target, List<FlowIndex.Place> triggers) {
        if (target.name().equals("run")) {
            return Optional.empty();
        }
        Optional<FlowIndex.Place> place = subject.flow().find(target.name());
        if (place.isEmpty()) {
            return Optional.of(unknown(subject, target));
        }
        Step step = place.get().step();
        if (!(step instanceof Step.Loop)) {
            return Optional.of(bad(
                    target, "'exit' leaves a loop, and '" + target.name() + "' is none.", "Name a loop, or 'run'."));
        }
        boolean encloses = triggers.stream()
                .anyMatch(trigger ->
                        trigger.step().id().equals(step.id()) || subject.flow().isInside(trigger, step));
        return encloses
                ? Optional.empty()
                : Optional.of(bad(
                        target,
                        "The rule is never looked at inside the loop '" + target.name() + "'.",
                        "Name a loop around the step that the rule is about, or 'run'."));
    }

    private static Optional<Problem> forward(
            Subject subject, String effect, Workflow.Name target, List<FlowIndex.Place> triggers) {
        Optional<FlowIndex.Place> place = subject.flow().find(target.name());
        if (place.isEmpty()) {
            return Optional.of(unknown(subject, target));
        }
        return triggers.stream()
                .filter(trigger -> !subject.flow().comesLater(trigger, place.get()))
                .findFirst()
                .map(trigger -> bad(
                        target,
                        "'" + effect + ": " + target.name() + "' cannot be reached from the step '"
                                + trigger.step().id() + "', after which the rule is looked at.",
                        "Name a step that comes later, in the same list of steps or one around it."));
    }

    private static Optional<Problem> accept(Subject subject, Workflow.Name artifact) {
        Set<String> artifacts = new HashSet<>();
        subject.flow()
                .all(Step.Call.class)
                .filter(call -> call.into().isPresent())
                .forEach(call -> call.out().ifPresent(out -> artifacts.add(out.name())));
        subject.flow()
                .all(Step.Reduce.class)
                .forEach(reduce -> artifacts.add(reduce.as().name()));
        return artifacts.contains(artifact.name())
                ? Optional.empty()
                : Optional.of(Problem.at(
                        artifact.where(),
                        ProblemCode.UNKNOWN_NAME,
                        "No step puts an artifact '" + artifact.name() + "' into a pool.",
                        UnknownNames.suggestion(artifact.name(), artifacts)));
    }

    private static Problem unknown(Subject subject, Workflow.Name target) {
        return Problem.at(
                target.where(),
                ProblemCode.UNKNOWN_TARGET,
                "There is no step '" + target.name() + "'.",
                UnknownNames.suggestion(target.name(), Set.copyOf(subject.flow().ids())));
    }

    private static Problem bad(Workflow.Name target, String what, String fix) {
        return Problem.at(target.where(), ProblemCode.BAD_TARGET, what, fix);
    }
}
