package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Tries every option as often as every other, in their order: the plain control of every search. */
final class BestOfN implements Policy<Tally> {

    @Override
    public String kind() {
        return "best-of-n";
    }

    @Override
    public String says() {
        return "Tries all options equally often and keeps the best.";
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
        return Range.and();
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
        return Tally.pick(Tally.highest(
                now.options(),
                option -> -(state.of(option.id()).n() + state.of(option.id()).pending())));
    }
}
