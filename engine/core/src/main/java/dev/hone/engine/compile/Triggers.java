package dev.hone.engine.compile;

import dev.hone.dsl.Reaction;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import java.util.Set;
import java.util.stream.Collectors;

/** Which steps produce the facts that a rule looks at: after these the flow may move. */
final class Triggers {

    private Triggers() {}

    /** Whether finishing {@code step} (for a loop: a round of it) can make {@code rule} fire. */
    static boolean triggers(Workflow workflow, Step step, Reaction rule) {
        Set<String> names = rule.names();
        return switch (rule.fact()) {
            case VERDICT -> signals(workflow, step, Step.SignalKind.VERDICT, rule.fact(), names);
            case SCORE -> signals(workflow, step, Step.SignalKind.SCORE, rule.fact(), names);
            case CRITIQUE -> signals(workflow, step, Step.SignalKind.CRITIQUE, rule.fact(), names);
            case PREFERENCE -> signals(workflow, step, Step.SignalKind.PREFERENCE, rule.fact(), names);
            case BUDGET -> step instanceof Step.Call || step instanceof Step.Human || step instanceof Step.Train;
            case LOOP -> step instanceof Step.Loop loop && concerns(loop, rule);
            case POOL ->
                step.entry()
                        .filter(entry -> of(
                                names,
                                rule.fact(),
                                workflow.pools().keySet(),
                                entry.pool().name()))
                        .isPresent();
            case POLICY ->
                step instanceof Step.Tell tell
                        && of(
                                names,
                                rule.fact(),
                                workflow.policies().keySet(),
                                tell.policy().name());
            case SLOT ->
                (step instanceof Step.SetSlot set
                                && of(
                                        names,
                                        rule.fact(),
                                        workflow.slots().keySet(),
                                        set.slot().name()))
                        || (step instanceof Step.Train train
                                && of(
                                        names,
                                        rule.fact(),
                                        workflow.slots().keySet(),
                                        train.into().name()));
            case HUMAN ->
                step instanceof Step.Human human && of(names, rule.fact(), people(workflow), subjectOf(human));
        };
    }

    /** The rule speaks of the subject by its own name, of the kind as such, or of none of its kind by name. */
    private static boolean of(Set<String> names, Rule.FactKind kind, Set<String> subjects, String subject) {
        return names.contains(subject)
                || names.contains(kind.name().toLowerCase(java.util.Locale.ROOT))
                || names.stream().noneMatch(subjects::contains);
    }

    private static boolean signals(
            Workflow workflow, Step step, Step.SignalKind kind, Rule.FactKind fact, Set<String> names) {
        Set<String> subjects = workflow.steps()
                .filter(other -> isSignal(other, kind))
                .flatMap(other -> other.gives().stream())
                .map(Workflow.Name::name)
                .collect(Collectors.toSet());
        return isSignal(step, kind)
                && of(
                        names,
                        fact,
                        subjects,
                        step.gives().map(Workflow.Name::name).orElse(""));
    }

    private static boolean isSignal(Step step, Step.SignalKind kind) {
        return step.signal().filter(signal -> signal.kind() == kind).isPresent();
    }

    private static Set<String> people(Workflow workflow) {
        return workflow.steps()
                .filter(Step.Human.class::isInstance)
                .map(step -> subjectOf((Step.Human) step))
                .collect(Collectors.toSet());
    }

    /** The name by which rules speak of a human step. */
    static String subjectOf(Step.Human human) {
        return human.out().map(Workflow.Name::name).orElse(human.id());
    }

    /** A loop rule concerns the loop it names or leaves; one that does neither concerns every loop. */
    private static boolean concerns(Step.Loop loop, Reaction rule) {
        if (rule.names().contains(loop.id())) {
            return true;
        }
        for (Rule.Effect effect : rule.then()) {
            if (effect instanceof Rule.Effect.Exit exit && !exit.target().name().equals(Program.RUN)) {
                return exit.target().name().equals(loop.id());
            }
        }
        return true;
    }
}
