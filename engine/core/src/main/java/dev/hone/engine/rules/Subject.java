package dev.hone.engine.rules;

import dev.hone.dsl.Rule;
import dev.hone.dsl.feel.FeelNames;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Of which facts of its kind a rule speaks.
 *
 * @param names the signals, loops or pools that it names
 * @param any whether it speaks of whatever signal, loop or pool comes up, because it calls it by the word for the kind or
 *     names none
 */
record Subject(Set<String> names, boolean any) {

    /** What every fact of a kind offers besides its subject. */
    private static final Set<String> COMMON =
            Set.of("left", "spent", "round", "history", "exhausted", "subtree", "artifact");

    /**
     * The names of the condition that are neither parameters nor common to all facts. A rule about a loop that it does not
     * name is about the loop that it exits.
     */
    static Subject of(Rule rule, Set<String> params) {
        Set<String> names = new LinkedHashSet<>();
        if (rule.fact() == Rule.FactKind.BUDGET) {
            return new Subject(names, true);
        }
        names.addAll(FeelNames.roots(rule.when().feel()));
        names.removeAll(params);
        names.removeAll(COMMON);
        boolean generic = names.remove(Fact.word(rule.fact()));
        if (rule.fact() == Rule.FactKind.LOOP) {
            exits(rule, names);
        }
        return new Subject(names, generic || names.isEmpty());
    }

    private static void exits(Rule rule, Set<String> names) {
        for (Rule.Effect effect : rule.then()) {
            if (effect instanceof Rule.Effect.Exit exit && !exit.target().name().equals("run")) {
                names.add(exit.target().name());
            }
        }
    }

    boolean isEverything() {
        return any && names.isEmpty();
    }

    boolean isOne() {
        return !any && names.size() == 1;
    }

    String one() {
        return names.iterator().next();
    }

    /** A rule that names several is looked at when all have come: for loops, in the innermost. */
    boolean includes(Fact fact) {
        return isEverything()
                || ((any || names.contains(fact.subject())) && fact.known().containsAll(names));
    }

    @Override
    public String toString() {
        return (any ? "any " : "one ") + String.join(", ", names);
    }
}
