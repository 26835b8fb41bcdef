package dev.hone.engine.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A policy at work: the bookkeeping of trials that is the same for all. Immutable.
 *
 * @param open the trials that nothing was told of
 * @param recommended after the last tell
 * @param stableFor how many tells ago the recommendation changed
 */
public record Play<S extends Record>(
        Policy<S> policy,
        S state,
        Map<Long, Trial> open,
        long asks,
        long tells,
        Optional<String> recommended,
        int stableFor) {

    public static <S extends Record> Play<S> start(Policy<S> policy, Settings settings, List<String> arms) {
        return new Play<>(policy, policy.start(settings, arms), Map.of(), 0, 0, Optional.empty(), 0);
    }

    /** @param seed with the number of the trial all that the choice depends on by chance */
    public Asked<S> ask(Situation now, long seed) throws NothingToChoose {
        long number = asks + 1;
        Choice choice = policy.choose(state, now, new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number));
        List<Option> picked = now.options().stream()
                .filter(option -> choice.picks().contains(option.id()))
                .toList();
        Trial trial = new Trial(number, choice, picked);
        return new Asked<>(trial, asked(trial));
    }

    /** Replays an ask; one that is known already changes nothing. */
    public Play<S> asked(Trial trial) {
        if (trial.number() <= asks) {
            return this;
        }
        Map<Long, Trial> more = new HashMap<>(open);
        more.put(trial.number(), trial);
        return new Play<>(
                policy, policy.asked(state, trial), Map.copyOf(more), trial.number(), tells, recommended, stableFor);
    }

    /** What is told of a trial that is unknown, or was told of before, changes nothing. */
    public Play<S> tell(long number, Outcome outcome, Situation now) throws BadOutcome {
        Trial trial = open.get(number);
        if (trial == null) {
            return this;
        }
        Map<Long, Trial> fewer = new HashMap<>(open);
        fewer.remove(number);
        S after = policy.told(state, trial, outcome);
        Optional<String> now2 = policy.recommend(after, now);
        return new Play<>(
                policy, after, Map.copyOf(fewer), asks, tells + 1, now2, now2.equals(recommended) ? stableFor + 1 : 0);
    }

    public Optional<String> recommend(Situation now) {
        return policy.recommend(state, now);
    }

    /** The same policy without what it has learned; its trials go on counting. */
    public Play<S> forgotten(Settings settings, List<String> arms) {
        return new Play<>(policy, policy.start(settings, arms), Map.of(), asks, tells, Optional.empty(), 0);
    }
}
