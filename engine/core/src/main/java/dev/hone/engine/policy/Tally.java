package dev.hone.engine.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The state of policies that keep a statistic for each option.
 *
 * @param asks how many trials there were
 */
public record Tally(Settings settings, Trie<Stat> stats, double asks, double tells) {

    static Tally start(Settings settings) {
        return new Tally(settings, Trie.empty(), 0, 0);
    }

    Stat of(String option) {
        return stats.get(option, Stat.NONE);
    }

    /** Trials that are open count. */
    Tally asked(Trial trial) {
        Trie<Stat> changed = stats;
        for (String pick : trial.choice().picks()) {
            changed = changed.with(pick, Stat.NONE, Stat::asked);
        }
        return new Tally(settings, changed, asks + 1, tells);
    }

    /** @throws BadOutcome when the outcome has no score in the range */
    Tally told(Trial trial, Outcome outcome) throws BadOutcome {
        Trie<Stat> changed = stats;
        for (String pick : trial.choice().picks()) {
            changed = changed.with(pick, Stat.NONE, Stat::answered);
        }
        if (outcome instanceof Outcome.Scored(double score, var made)) {
            Range.check(settings, score);
            for (String pick : trial.choice().picks()) {
                changed = changed.with(pick, Stat.NONE, stat -> stat.plus(score));
            }
        } else if (!(outcome instanceof Outcome.Failed)) {
            throw new BadOutcome("it learns from a score, not from " + outcome);
        }
        return new Tally(settings, changed, asks, tells + 1);
    }

    Tally with(Trie<Stat> other) {
        return new Tally(settings, other, asks, tells);
    }

    /** The option with the highest mean among those tried; of equal ones the first. */
    Optional<String> best(Situation now) {
        return now.options().stream()
                .filter(option -> of(option.id()).n() > 0)
                .max(Comparator.comparingDouble(
                        (Option option) -> of(option.id()).mean()))
                .map(Option::id);
    }

    /** The first option with the highest value. */
    static Option highest(List<Option> options, ToDoubleFunction<Option> value) throws NothingToChoose {
        Option best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (Option option : options) {
            double here = value.applyAsDouble(option);
            if (best == null || here > most) {
                best = option;
                most = here;
            }
        }
        if (best == null) {
            throw new NothingToChoose("there are no options");
        }
        return best;
    }

    static Choice pick(Option option) {
        return new Choice(List.of(option.id()), Optional.empty(), java.util.Map.of());
    }
}
