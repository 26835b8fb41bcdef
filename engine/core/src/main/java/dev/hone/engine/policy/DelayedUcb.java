package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * UCB for outcomes that come late: an open trial counts as a visit already, so that the same option is not tried again and
 * again while nothing is told (Joulani, György and Szepesvári 2013).
 */
final class DelayedUcb implements Policy<Tally> {

    @Override
    public String kind() {
        return "delayed-ucb";
    }

    @Override
    public String says() {
        return "Like ucb1, for outcomes that come late or never.";
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
        return Range.and(new Setting("c", 1.4142135623730951, 0, 100, "How much is explored."));
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
        double total = Math.max(1, state.asks());
        return Tally.pick(Tally.highest(now.options(), option -> {
            Stat stat = state.of(option.id());
            double visits = stat.n() + stat.pending();
            return visits == 0
                    ? Double.MAX_VALUE
                    : Range.unit(
                                    state.settings(),
                                    stat.n() == 0 ? state.settings().get("most") : stat.mean())
                            + state.settings().get("c") * Math.sqrt(Math.log(total) / visits);
        }));
    }
}
