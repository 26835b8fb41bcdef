package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Which earlier task to practise again: proportions by multiplicative weights on how badly a task does now, and never none
 * at all (after replay scheduling, Klasson et al. 2023, with exponential weights in the place of their search).
 */
final class ReplaySchedule implements Policy<Tally> {

    @Override
    public String kind() {
        return "replay-schedule";
    }

    @Override
    public String says() {
        return "Practises the tasks that do badly more often, and none never.";
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
                new Setting("eta", 2, 0, 100, "How strongly a low score raises the share of a task."),
                new Setting("floor", 0.05, 0, 1, "The part of the time that is shared equally."));
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
        if (now.options().isEmpty()) {
            throw new NothingToChoose("there are no tasks");
        }
        double[] weights = new double[now.options().size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            Stat stat = state.of(now.options().get(i).id());
            double loss = stat.n() == 0 ? 1 : 1 - Range.unit(state.settings(), stat.mean());
            weights[i] = Math.exp(state.settings().get("eta") * loss);
            sum += weights[i];
        }
        double floor = state.settings().get("floor");
        double draw = random.nextDouble();
        for (int i = 0; i < weights.length; i++) {
            draw -= (1 - floor) * weights[i] / sum + floor / weights.length;
            if (draw <= 0) {
                return Tally.pick(now.options().get(i));
            }
        }
        return Tally.pick(now.options().getLast());
    }
}
