package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Thompson sampling for numbers of unknown mean and unknown variance: a normal-inverse-gamma posterior. */
final class ThompsonNig implements Policy<Tally> {

    @Override
    public String kind() {
        return "thompson-nig";
    }

    @Override
    public String says() {
        return "Takes the option whose drawn mean is highest; means and variances are unknown.";
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
                new Setting("m", 0, -1e9, 1e9, "The mean expected before the first trial."),
                new Setting("kappa", 1, 1e-6, 1e6, "How many values that expectation is worth."),
                new Setting("nu", 1, 1e-3, 1e6, "How many values the expected variance is worth."),
                new Setting("tau2", 0.1, 1e-9, 1e9, "The variance expected before the first trial."));
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
        Settings s = state.settings();
        return Tally.pick(Tally.highest(
                now.options(),
                option -> Draws.meanOf(
                        state.of(option.id()), s.get("m"), s.get("kappa"), s.get("nu"), s.get("tau2"), random)));
    }
}
