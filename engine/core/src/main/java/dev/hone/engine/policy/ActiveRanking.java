package dev.hone.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Active ranking from scores: of the neighbours in the present order whose confidence intervals overlap, the less known one
 * of the widest overlap is tried next (Heckel et al. 2019, with Hoeffding intervals).
 */
final class ActiveRanking implements Policy<Tally> {

    @Override
    public String kind() {
        return "active-ranking";
    }

    @Override
    public String says() {
        return "Tries what is least sure about the order of the options.";
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
        return Range.and(new Setting("delta", 0.05, 1e-6, 0.5, "How likely a wrong order may be."));
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
        for (Option option : now.options()) {
            if (state.of(option.id()).n() + state.of(option.id()).pending() == 0) {
                return Tally.pick(option);
            }
        }
        List<Option> order = now.options().stream()
                .sorted(java.util.Comparator.comparingDouble(
                                (Option option) -> state.of(option.id()).mean())
                        .reversed())
                .toList();
        Option next = Tally.highest(order, option -> radius(state, option));
        double widest = 0;
        for (int i = 0; i + 1 < order.size(); i++) {
            Option a = order.get(i);
            Option b = order.get(i + 1);
            double overlap = radius(state, a) + radius(state, b) - Math.abs(mean(state, a) - mean(state, b));
            if (overlap > widest) {
                widest = overlap;
                next = radius(state, a) >= radius(state, b) ? a : b;
            }
        }
        return Tally.pick(next);
    }

    private static double mean(Tally state, Option option) {
        return Range.unit(state.settings(), state.of(option.id()).mean());
    }

    private static double radius(Tally state, Option option) {
        Stat stat = state.of(option.id());
        double n = Math.max(1, stat.n() + stat.pending());
        return Math.sqrt(Math.log(2 * n * n / state.settings().get("delta")) / (2 * n));
    }
}
