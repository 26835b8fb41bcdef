package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Thompson sampling that begins with what demonstrations showed: the scores that an option has already are values seen
 * before the first trial, weighted by how competent the demonstrator is (Hao et al. 2023, by conjugate weights).
 */
final class InformedThompson implements Policy<Tally> {

    @Override
    public String kind() {
        return "informed-thompson";
    }

    @Override
    public String says() {
        return "Thompson sampling that begins with the scores that the options have already.";
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
                new Setting("competence", 0.5, 0, 1, "How much a demonstrated score counts against one of our own."),
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
        return Tally.pick(Tally.highest(now.options(), option -> {
            Stat demonstrated = Stat.NONE;
            for (double score : option.scores()) {
                demonstrated = demonstrated.plus(score);
            }
            Stat prior = demonstrated.times(state.settings().get("competence"));
            Stat own = state.of(option.id());
            Stat both = new Stat(own.n() + prior.n(), own.sum() + prior.sum(), own.squares() + prior.squares(), 0);
            double middle = (state.settings().get("least") + state.settings().get("most")) / 2;
            return Draws.meanOf(both, middle, 0.1, 1, state.settings().get("tau2"), random);
        }));
    }
}
