package dev.hone.engine.rules;

import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run and that rules look at. A fact knows the FEEL names that it offers to conditions; their
 * values are plain: maps, lists, numbers, booleans, texts and null.
 */
public sealed interface Fact {

    Rule.FactKind kind();

    /** The name of the signal, loop or pool that the fact is about; {@code budget} for the budget. */
    String subject();

    /** The signals, loops or pools of which a condition about this fact may speak, the subject among them. */
    Set<String> known();

    Context context();

    /** The value of a name; null when the fact does not offer it. */
    @Nullable
    Object read(String name);

    /** The word for the kind, by which a condition may call the subject whatever its own name is. */
    static String word(Rule.FactKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The output of a step that is marked as a signal. */
    sealed interface Signal extends Fact {

        /** The output's name. */
        String name();

        @Nullable
        Object value();

        /** The latest values of the other signals of this kind, by name; one that has not come yet is absent. */
        Map<String, @Nullable Object> others();

        /** The earlier values of this signal, oldest first. */
        List<@Nullable Object> history();

        @Override
        default String subject() {
            return name();
        }

        @Override
        default Set<String> known() {
            Set<String> known = new LinkedHashSet<>(others().keySet());
            known.add(name());
            return known;
        }

        @Override
        default @Nullable Object read(String name) {
            if (name.equals(name()) || name.equals(word(kind()))) {
                return value();
            }
            if (name.equals("history")) {
                return history();
            }
            return others().containsKey(name) ? others().get(name) : context().read(name);
        }
    }

    record Verdict(
            String name,
            @Nullable Object value,
            Map<String, @Nullable Object> others,
            List<@Nullable Object> history,
            Context context)
            implements Signal {
        public Verdict {
            others = copy(others);
        }

        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.VERDICT;
        }
    }

    record Score(
            String name,
            @Nullable Object value,
            Map<String, @Nullable Object> others,
            List<@Nullable Object> history,
            Context context)
            implements Signal {
        public Score {
            others = copy(others);
        }

        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.SCORE;
        }
    }

    record Critique(
            String name,
            @Nullable Object value,
            Map<String, @Nullable Object> others,
            List<@Nullable Object> history,
            Context context)
            implements Signal {
        public Critique {
            others = copy(others);
        }

        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.CRITIQUE;
        }
    }

    record Preference(
            String name,
            @Nullable Object value,
            Map<String, @Nullable Object> others,
            List<@Nullable Object> history,
            Context context)
            implements Signal {
        public Preference {
            others = copy(others);
        }

        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.PREFERENCE;
        }
    }

    /**
     * Something was spent, or could not be.
     *
     * @param exhausted whether the next call does not fit into what is left
     */
    record Budget(boolean exhausted, Context context) implements Fact {

        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.BUDGET;
        }

        @Override
        public String subject() {
            return word(kind());
        }

        @Override
        public Set<String> known() {
            return Set.of();
        }

        @Override
        public @Nullable Object read(String name) {
            return name.equals("exhausted") ? (Boolean) exhausted : context.read(name);
        }
    }

    /** A round of the innermost loop of the context is over. */
    record Loop(Context context) implements Fact {

        public Loop {
            if (context.loops().isEmpty()) {
                throw new IllegalArgumentException("a fact about a loop outside of every loop");
            }
        }

        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.LOOP;
        }

        @Override
        public String subject() {
            return context.loops().getLast().loop();
        }

        @Override
        public Set<String> known() {
            Set<String> known = new LinkedHashSet<>();
            context.loops().forEach(turn -> known.add(turn.loop()));
            return known;
        }

        @Override
        public @Nullable Object read(String name) {
            for (Context.Turn turn : context.loops()) {
                if (turn.loop().equals(name)) {
                    return turn.fields();
                }
            }
            return context.read(name);
        }
    }

    /** A thing of the file that changed: what is known of it, and of the others of its kind. */
    sealed interface Thing extends Fact {
        Map<String, @Nullable Object> fields();

        Map<String, Map<String, @Nullable Object>> others();

        @Override
        default Set<String> known() {
            Set<String> known = new LinkedHashSet<>(others().keySet());
            known.add(subject());
            return known;
        }

        @Override
        default @Nullable Object read(String name) {
            if (name.equals(subject()) || name.equals(word(kind()))) {
                return fields();
            }
            return others().containsKey(name) ? others().get(name) : context().read(name);
        }
    }

    /**
     * An artifact entered a pool.
     *
     * @param fields how the pool stands: size, best, mean, trialsSinceBest, scores, lengths
     * @param artifact the artifact that entered: score, length, repeats
     * @param subtree its branch of the tree: size, sameScore, depth
     */
    record Pool(
            String subject,
            Map<String, @Nullable Object> fields,
            Map<String, Map<String, @Nullable Object>> others,
            Map<String, @Nullable Object> artifact,
            Map<String, @Nullable Object> subtree,
            Context context)
            implements Thing {
        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.POOL;
        }

        @Override
        public @Nullable Object read(String name) {
            return switch (name) {
                case "artifact" -> artifact;
                case "subtree" -> subtree;
                default -> Thing.super.read(name);
            };
        }
    }

    /** A policy was told something: asks, tells, open, recommended, recommendationStableFor. */
    record Policy(
            String subject,
            Map<String, @Nullable Object> fields,
            Map<String, Map<String, @Nullable Object>> others,
            Context context)
            implements Thing {
        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.POLICY;
        }
    }

    /** A slot has another version: version, versions, score, best, promoted. */
    record Slot(
            String subject,
            Map<String, @Nullable Object> fields,
            Map<String, Map<String, @Nullable Object>> others,
            Context context)
            implements Thing {
        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.SLOT;
        }
    }

    /** A person answered, or did not: seconds, timedOut, by. */
    record Human(
            String subject,
            Map<String, @Nullable Object> fields,
            Map<String, Map<String, @Nullable Object>> others,
            Context context)
            implements Thing {
        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.HUMAN;
        }
    }

    /** @param kind one that rules look at */
    static Signal signal(
            Rule.FactKind kind,
            String name,
            @Nullable Object value,
            Map<String, @Nullable Object> others,
            List<@Nullable Object> history,
            Context context) {
        return switch (kind) {
            case VERDICT -> new Verdict(name, value, others, history, context);
            case SCORE -> new Score(name, value, others, history, context);
            case CRITIQUE -> new Critique(name, value, others, history, context);
            case PREFERENCE -> new Preference(name, value, others, history, context);
            case BUDGET, LOOP, POOL, POLICY, SLOT, HUMAN ->
                throw new IllegalArgumentException("not the kind of a signal: " + kind);
        };
    }

    /** The kind of fact that a signal is; empty for one that rules do not look at. */
    static Optional<Rule.FactKind> kindOf(Step.SignalKind signal) {
        return switch (signal) {
            case VERDICT -> Optional.of(Rule.FactKind.VERDICT);
            case SCORE -> Optional.of(Rule.FactKind.SCORE);
            case CRITIQUE -> Optional.of(Rule.FactKind.CRITIQUE);
            case PREFERENCE -> Optional.of(Rule.FactKind.PREFERENCE);
            case VECTOR, RANKING, CORRECTION, LABEL, TRACE -> Optional.empty();
        };
    }

    private static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> values) {
        return Collections.unmodifiableMap(new HashMap<>(values));
    }
}
