package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The option whose mean could still be highest (Auer, Cesa-Bianchi and Fischer 2002). */
final class Ucb1 implements Policy<Tally> {

    @Override
    public String kind() {
        return "ucb1";
    }

    @Override
    public String says() {
        return "Takes the option with the highest upper confidence bound.";
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
        double total = Math.max(1, state.tells());
        return Tally.pick(Tally.highest(now.options(), option -> {
            Stat stat = state.of(option.id());
            return stat.n() == 0
                    ? Double.MAX_VALUE / (1 + stat.pending())
                    : Range.unit(state.settings(), stat.mean())
                            + state.settings().get("c") * Math.sqrt(Math.log(total) / stat.n());
        }));
    }
}
