package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The best so far, and now and then another by chance; less often as the trials grow (Sutton and Barto, 2.2). */
final class EpsilonGreedy implements Policy<Tally> {

    @Override
    public String kind() {
        return "epsilon-greedy";
    }

    @Override
    public String says() {
        return "Takes the best so far, and with the chance epsilon any other.";
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
                new Setting("epsilon", 0.1, 0, 1, "How often another than the best is tried."),
                new Setting("decay", 1, 0, 1, "What epsilon is multiplied by after each trial."));
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
        double epsilon =
                state.settings().get("epsilon") * Math.pow(state.settings().get("decay"), state.asks());
        if (now.options().isEmpty()) {
            throw new NothingToChoose("there are no options");
        }
        if (random.nextDouble() < epsilon) {
            return Tally.pick(now.options().get(random.nextInt(now.options().size())));
        }
        return Tally.pick(Tally.highest(now.options(), option -> untriedFirst(state.of(option.id()))));
    }

    private static double untriedFirst(Stat stat) {
        return stat.n() + stat.pending() == 0 ? Double.MAX_VALUE : stat.mean();
    }
}
