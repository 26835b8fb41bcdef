package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** UCB where older outcomes count less, for options that change (Garivier and Moulines 2011). */
final class DiscountedUcb implements Policy<Tally> {

    @Override
    public String kind() {
        return "discounted-ucb";
    }

    @Override
    public String says() {
        return "Like ucb1, where older outcomes count less.";
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
                new Setting("gamma", 0.98, 0.5, 1, "What earlier outcomes are multiplied by at each new one."),
                new Setting("c", 1, 0, 100, "How much is explored."));
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
        if (outcome instanceof Outcome.Scored(double score, var made)) {
            Range.check(state.settings(), score);
        }
        double gamma = state.settings().get("gamma");
        return state.with(state.stats().all(stat -> stat.times(gamma))).told(trial, outcome);
    }

    @Override
    public Optional<String> recommend(Tally state, Situation now) {
        return state.best(now);
    }

    @Override
    public Choice choose(Tally state, Situation now, RandomGenerator random) throws NothingToChoose {
        double[] total = {1};
        state.stats().forEach((id, stat) -> total[0] += stat.n());
        return Tally.pick(Tally.highest(now.options(), option -> {
            Stat stat = state.of(option.id());
            return stat.n() < 1e-9
                    ? Double.MAX_VALUE / (1 + stat.pending())
                    : Range.unit(state.settings(), stat.mean())
                            + state.settings().get("c") * Math.sqrt(Math.log(total[0]) / stat.n());
        }));
    }
}
