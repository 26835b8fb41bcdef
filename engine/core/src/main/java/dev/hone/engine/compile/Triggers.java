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
            case VERDICT -> signals(step, Step.SignalKind.VERDICT, names);
            case SCORE -> signals(step, Step.SignalKind.SCORE, names);
            case CRITIQUE -> signals(step, Step.SignalKind.CRITIQUE, names);
            case PREFERENCE -> signals(step, Step.SignalKind.PREFERENCE, names);
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

    /** The rule speaks of the signal by its own name, or of the kind as such. */
    private static boolean signals(Step step, Step.SignalKind kind, Set<String> names) {
        boolean generic = names.contains(kind.name().toLowerCase(java.util.Locale.ROOT));
        return step.signal().filter(signal -> signal.kind() == kind).isPresent()
                && (generic
                        || step.gives().filter(n -> names.contains(n.name())).isPresent());
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
