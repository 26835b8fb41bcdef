package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Thompson sampling with a beta posterior; a score counts as a part of a success (Agrawal and Goyal 2012). */
final class ThompsonBeta implements Policy<Tally> {

    @Override
    public String kind() {
        return "thompson-beta";
    }

    @Override
    public String says() {
        return "Takes the option whose drawn chance of success is highest.";
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
        return Range.and(
                new Setting("a", 1, 1e-3, 1e6, "Successes seen before the first trial."),
                new Setting("b", 1, 1e-3, 1e6, "Failures seen before the first trial."));
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
        return Tally.pick(Tally.highest(now.options(), option -> {
            Stat stat = state.of(option.id());
            double successes = stat.n() * Range.unit(state.settings(), stat.mean());
            double failures = stat.n() - successes;
            return Draws.beta(
                    state.settings().get("a") + Math.max(0, stat.n() == 0 ? 0 : successes),
                    state.settings().get("b") + Math.max(0, stat.n() == 0 ? 0 : failures),
                    random);
        }));
    }
}
