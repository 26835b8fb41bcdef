package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Rollout (Bertsekas): each option is judged by the mean result of carrying on from it with a base heuristic; every option
 * is carried on several times before the best is taken.
 */
final class Rollout implements Policy<Tally> {

    @Override
    public String kind() {
        return "rollout";
    }

    @Override
    public String says() {
        return "Takes the option from which carrying on gave the best mean result.";
    }

    @Override
    public Over over() {
        return Over.ARMS;
    }

    @Override
    public Set<Class<? extends Outcome>> learnsFrom() {
        return Set.of(Outcome.Scored.class, Outcome.Failed.class);
    }

    @Override
    public List<Setting> settings() {
        return Range.and(new Setting("n", 3, 1, 1000, "How often each option is carried on before the best is taken."));
    }

    @Override
    public Tally start(Settings settings, List<String> arms) {
        return Tally.start(settings);
    }

    @Override
    public Tally asked(Tally state, Trial trial) {
        return state.asked(trial);
    }

    @Override
    public Tally told(Tally state, Trial trial, Outcome outcome) throws BadOutcome {
        return state.told(trial, outcome);
    }

    @Override
    public Optional<String> recommend(Tally state, Situation now) {
        return state.best(now);
    }

    @Override
    public Choice choose(Tally state, Situation now, RandomGenerator random) throws NothingToChoose {
        double least = state.settings().get("n");
        for (Option option : now.options()) {
            Stat stat = state.of(option.id());
            if (stat.n() + stat.pending() < least) {
                return Tally.pick(option);
            }
        }
        return Tally.pick(
                Tally.highest(now.options(), option -> state.of(option.id()).mean()));
    }
}
