package dev.hone.engine.compile;

import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.FeelNames;
import java.util.Optional;
import java.util.Set;

/** Which steps produce the facts that a rule looks at: after these the flow may move. */
final class Triggers {

    private Triggers() {}

    /** Whether finishing {@code step} (for a loop: a round of it) can make {@code rule} fire. */
    static boolean triggers(Step step, Rule rule) {
        Set<String> names = FeelNames.roots(rule.when().feel());
        return switch (rule.fact()) {
            case VERDICT -> signals(step, Step.SignalKind.VERDICT, names);
            case SCORE -> signals(step, Step.SignalKind.SCORE, names);
            case CRITIQUE -> signals(step, Step.SignalKind.CRITIQUE, names);
            case BUDGET -> step instanceof Step.Call;
            case LOOP -> step instanceof Step.Loop loop && concerns(loop, rule);
            case POOL ->
                step instanceof Step.Call call
                        && call.into()
                                .filter(pool -> names.contains(pool.name()) || names.contains("pool"))
                                .isPresent();
        };
    }

    /** The rule speaks of the signal by its own name, or of the kind as such. */
    private static boolean signals(Step step, Step.SignalKind kind, Set<String> names) {
        Optional<Step.SignalKind> as;
        Optional<Workflow.Name> out;
        switch (step) {
            case Step.Call call -> {
                as = call.as();
                out = call.out();
            }
            case Step.Exec exec -> {
                as = exec.as();
                out = exec.out();
            }
            case Step.ForEach each -> {
                return false;
            }
            case Step.Loop loop -> {
                return false;
            }
            case Step.If choice -> {
                return false;
            }
            case Step.Reduce reduce -> {
                return false;
            }
        }
        boolean generic = names.contains(kind.name().toLowerCase(java.util.Locale.ROOT));
        return as.filter(kind::equals).isPresent()
                && (generic || out.filter(n -> names.contains(n.name())).isPresent());
    }

    /** A loop rule concerns the loop it names or leaves; one that does neither concerns every loop. */
    private static boolean concerns(Step.Loop loop, Rule rule) {
        Set<String> names = FeelNames.roots(rule.when().feel());
        if (names.contains(loop.id())) {
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
