package dev.hone.engine.rules;

import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import java.math.BigDecimal;
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
            return others().containsKey(name) ? others().get(name) : context().read(name);
        }
    }

    record Verdict(String name, @Nullable Object value, Map<String, @Nullable Object> others, Context context)
            implements Signal {

        public Verdict {
            others = copy(others);
        }

        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.VERDICT;
        }
    }

    record Score(String name, @Nullable Object value, Map<String, @Nullable Object> others, Context context)
            implements Signal {

        public Score {
            others = copy(others);
        }

        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.SCORE;
        }
    }

    record Critique(String name, @Nullable Object value, Map<String, @Nullable Object> others, Context context)
            implements Signal {

        public Critique {
            others = copy(others);
        }

        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.CRITIQUE;
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

    /**
     * An artifact entered a pool.
     *
     * @param others how the other pools stand
     */
    record Pool(Standing standing, List<Standing> others, Context context) implements Fact {

        /**
         * How a pool stands.
         *
         * @param best the highest score; empty while nothing has one
         * @param trialsSinceBest how many artifacts came after the best
         */
        public record Standing(String pool, int size, Optional<BigDecimal> best, int trialsSinceBest) {

            private Map<String, @Nullable Object> fields() {
                Map<String, @Nullable Object> fields = new HashMap<>();
                fields.put("size", BigDecimal.valueOf(size));
                fields.put("best", best.orElse(null));
                fields.put("trialsSinceBest", BigDecimal.valueOf(trialsSinceBest));
                return fields;
            }
        }

        public Pool {
            others = List.copyOf(others);
        }

        @Override
        public Rule.FactKind kind() {
            return Rule.FactKind.POOL;
        }

        @Override
        public String subject() {
            return standing.pool();
        }

        @Override
        public Set<String> known() {
            Set<String> known = new LinkedHashSet<>();
            others.forEach(other -> known.add(other.pool()));
            known.add(standing.pool());
            return known;
        }

        @Override
        public @Nullable Object read(String name) {
            if (name.equals(standing.pool()) || name.equals(word(kind()))) {
                return standing.fields();
            }
            for (Standing other : others) {
                if (other.pool().equals(name)) {
                    return other.fields();
                }
            }
            return context.read(name);
        }
    }

    static Signal signal(
            Step.SignalKind kind,
            String name,
            @Nullable Object value,
            Map<String, @Nullable Object> others,
            Context context) {
        return switch (kind) {
            case VERDICT -> new Verdict(name, value, others, context);
            case SCORE -> new Score(name, value, others, context);
            case CRITIQUE -> new Critique(name, value, others, context);
        };
    }

    private static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> values) {
        return Collections.unmodifiableMap(new HashMap<>(values));
    }
}
