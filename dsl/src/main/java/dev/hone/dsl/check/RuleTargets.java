package dev.hone.dsl.check;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Reaction;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
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
        for (Reaction rule : subject.workflow().reactions().toList()) {
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

    private static void oneDirection(Reaction rule, Problems problems) {
        List<Rule.Effect> directions =
                rule.then().stream().filter(RuleTargets::sendsTheFlow).toList();
        if (directions.size() > 1) {
            problems.add(
                    directions.get(1).where(),
                    ProblemCode.BAD_TARGET,
                    "The rule '" + rule.id() + "' sends the flow to two places.",
                    "Keep one of 'exit', 'goto', 'restart', 'resume', 'escalate' and 'pause'.");
        }
    }

    private static boolean sendsTheFlow(Rule.Effect effect) {
        return switch (effect) {
            case Rule.Effect.Exit e -> true;
            case Rule.Effect.Goto e -> true;
            case Rule.Effect.Restart e -> true;
            case Rule.Effect.Resume e -> true;
            case Rule.Effect.Escalate e -> true;
            case Rule.Effect.Pause e -> true;
            case Rule.Effect.Skip e -> false;
            case Rule.Effect.Accept e -> false;
            case Rule.Effect.Prune e -> false;
            case Rule.Effect.Rollback e -> false;
            case Rule.Effect.Promote e -> false;
            case Rule.Effect.Quarantine e -> false;
            case Rule.Effect.Flag e -> false;
        };
    }

    /** The steps after which a rule about the fact is looked at. */
    private static List<FlowIndex.Place> triggers(Subject subject, Rule.FactKind fact) {
        return subject.flow()
                .all(Step.class)
                .filter(step -> gives(step, fact))
                .flatMap(step -> subject.flow().find(step.id()).stream())
                .toList();
    }

    private static boolean gives(Step step, Rule.FactKind fact) {
        return switch (fact) {
            case VERDICT, SCORE, CRITIQUE, PREFERENCE -> Uses.signal(step).equals(RuleScopes.signalOf(fact));
            case BUDGET -> step instanceof Step.Call || step instanceof Step.Human || step instanceof Step.Train;
            case LOOP -> step instanceof Step.Loop;
            case POOL -> step.entry().isPresent();
            case POLICY -> step instanceof Step.Tell;
            case SLOT -> step instanceof Step.SetSlot || step instanceof Step.Train;
            case HUMAN -> step instanceof Step.Human;
        };
    }

    private static String remedy(Rule.FactKind fact) {
        return switch (fact) {
            case VERDICT, SCORE, CRITIQUE, PREFERENCE ->
                "Add 'as: " + RuleScopes.word(fact) + "' to the step that it is about.";
            case BUDGET -> "Add a 'call' to the flow, or remove the rule.";
            case LOOP -> "Add a 'loop' to the flow, or remove the rule.";
            case POOL -> "Add 'into' to the step whose results enter the pool.";
            case POLICY -> "Add a 'tell' to the flow, or remove the rule.";
            case SLOT -> "Add a 'slot' or 'train' to the flow, or remove the rule.";
            case HUMAN -> "Add a 'human' to the flow, or remove the rule.";
        };
    }

    private static Optional<Problem> problem(Subject subject, Rule.Effect effect, List<FlowIndex.Place> triggers) {
        return switch (effect) {
            case Rule.Effect.Exit(Workflow.Name target, var where) -> exit(subject, target, triggers);
            case Rule.Effect.Skip(Workflow.Name target, var where) -> forward(subject, "skip", target, triggers);
            case Rule.Effect.Goto(Workflow.Name target, var where) -> forward(subject, "goto", target, triggers);
            case Rule.Effect.Accept(Workflow.Name artifact, var where) -> accept(subject, artifact);
            case Rule.Effect.Restart(Workflow.Name loop, List<Workflow.Name> keep, var where) ->
                exit(subject, loop, triggers).or(() -> kept(subject, keep));
            case Rule.Effect.Resume(Workflow.Name step, var where) -> resume(subject, step, triggers);
            case Rule.Effect.Escalate(Workflow.Name step, var where) -> escalate(subject, step, triggers);
            case Rule.Effect.Prune(var where) -> prune(subject, triggers, where);
            case Rule.Effect.Rollback rollback -> Optional.empty();
            case Rule.Effect.Promote promote -> Optional.empty();
            case Rule.Effect.Quarantine quarantine -> Optional.empty();
            case Rule.Effect.Pause pause -> Optional.empty();
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
        if (!(step instanceof Step.Loop) && !(step instanceof Step.Use)) {
            return Optional.of(bad(target, "'" + target.name() + "' is no loop.", "Name a loop, or 'run'."));
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

    private static Optional<Problem> kept(Subject subject, List<Workflow.Name> keep) {
        Set<String> known = new HashSet<>(subject.workflow().pools().keySet());
        known.addAll(subject.workflow().memories().keySet());
        known.addAll(subject.workflow().policies().keySet());
        subject.flow().all(Step.class).forEach(step -> step.gives().ifPresent(name -> known.add(name.name())));
        return keep.stream()
                .filter(name -> !known.contains(name.name()))
                .findFirst()
                .map(name -> Problem.at(
                        name.where(),
                        ProblemCode.UNKNOWN_NAME,
                        "There is no pool, memory, policy or name '" + name.name() + "' to keep.",
                        UnknownNames.suggestion(name.name(), known)));
    }

    /** The next round of the loop around the step begins there, so the rule must be looked at inside of that loop. */
    private static Optional<Problem> resume(Subject subject, Workflow.Name target, List<FlowIndex.Place> triggers) {
        Optional<FlowIndex.Place> place = subject.flow().find(target.name());
        if (place.isEmpty()) {
            return Optional.of(unknown(subject, target));
        }
        Optional<Step> owner = place.get().own().owner();
        if (owner.isEmpty() || !(owner.get() instanceof Step.Loop loop)) {
            return Optional.of(bad(
                    target,
                    "'" + target.name() + "' does not stand directly in a loop.",
                    "Name a step of the loop's own list of steps."));
        }
        return triggers.stream().anyMatch(trigger -> subject.flow().isInside(trigger, loop))
                ? Optional.empty()
                : Optional.of(bad(
                        target,
                        "The rule is never looked at inside the loop '" + loop.id() + "'.",
                        "Name a step of a loop around the step that the rule is about."));
    }

    private static Optional<Problem> escalate(Subject subject, Workflow.Name target, List<FlowIndex.Place> triggers) {
        Optional<FlowIndex.Place> place = subject.flow().find(target.name());
        if (place.isPresent() && !(place.get().step() instanceof Step.Human)) {
            return Optional.of(bad(target, "'" + target.name() + "' asks nobody.", "Name a 'human' step."));
        }
        return forward(subject, "escalate", target, triggers);
    }

    private static Optional<Problem> prune(Subject subject, List<FlowIndex.Place> triggers, Where where) {
        boolean tree = triggers.stream()
                .flatMap(trigger -> trigger.step().entry().stream())
                .map(entry -> subject.workflow().pools().get(entry.pool().name()))
                .anyMatch(pool -> pool != null && pool.shape() == Workflow.Shape.TREE);
        return tree
                ? Optional.empty()
                : Optional.of(Problem.at(
                        where,
                        ProblemCode.BAD_TARGET,
                        "'prune' is about a tree, and the rule is looked at for none.",
                        "Give the pool 'shape: tree', and the rule 'fact: pool'."));
    }

    private static Optional<Problem> accept(Subject subject, Workflow.Name artifact) {
        Set<String> artifacts = new HashSet<>();
        subject.flow()
                .all(Step.class)
                .filter(step -> step.entry().isPresent())
                .forEach(step -> step.gives().ifPresent(out -> artifacts.add(out.name())));
        subject.flow().all(Step.Human.class).forEach(human -> human.out().ifPresent(out -> artifacts.add(out.name())));
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
