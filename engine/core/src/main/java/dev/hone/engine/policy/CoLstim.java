package dev.hone.engine.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * CoLSTIM (Bengs, Saha and Hüllermeier 2022): the first option by a perturbed estimate, the second by its bound against the
 * first.
 */
final class CoLstim implements Policy<Duels> {

    @Override
    public String kind() {
        return "colstim";
    }

    @Override
    public String says() {
        return "Lets the best of a perturbed estimate duel with the one that could still beat it.";
    }

    @Override
    public Over over() {
        return Over.POOL;
    }

    @Override
    public Set<Class<? extends Outcome>> learnsFrom() {
        return Set.of(Outcome.Preferred.class, Outcome.Failed.class);
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("c", 1, 0, 1000, "How much the second is explored."),
                new Setting("noise", 1, 0, 1000, "How strongly the first is perturbed."),
                new Setting("lambda", 0.1, 1e-6, 1e6, "How strongly weights are held small."),
                new Setting("warmup", 5, 0, 1e6, "How many pairs are taken by chance first."));
    }

    @Override
    public Duels start(Settings settings, List<String> arms) {
        return Duels.start(settings);
    }

    @Override
    public Duels asked(Duels state, Trial trial) {
        return state.asked(trial);
    }

    @Override
    public Duels told(Duels state, Trial trial, Outcome outcome) throws BadOutcome {
        return state.told(trial, outcome);
    }

    @Override
    public Choice choose(Duels state, Situation now, RandomGenerator random) throws NothingToChoose {
        Duels.requireTwo(now);
        if (state.asks() < state.settings().get("warmup")) {
            return Duels.randomPair(now, random);
        }
        int size = Matrix.size(now.options());
        double lambda = state.settings().get("lambda");
        double[] weights = state.weights(size, lambda);
        double[][] inverse = state.inverse(size, lambda);
        double noise = state.settings().get("noise");
        Option a = Tally.highest(now.options(), option -> {
            double[] x = Matrix.features(option, size);
            return Matrix.dot(weights, x) + noise * gumbel(random) * Matrix.norm(x, inverse);
        });
        double[] champion = Matrix.features(a, size);
        Option b = Tally.highest(
                now.options().stream().filter(option -> option != a).toList(), option -> {
                    double[] z = Matrix.minus(Matrix.features(option, size), champion);
                    return Matrix.dot(weights, z) + state.settings().get("c") * Matrix.norm(z, inverse);
                });
        return Duels.pair(a, b);
    }

    /** Only among those that were in a duel. */
    @Override
    public Optional<String> recommend(Duels state, Situation now) {
        if (state.decided().isEmpty()) {
            return Optional.empty();
        }
        ToDoubleFunction<Option> score = linear(state, now);
        return now.options().stream()
                .filter(option -> state.queried().contains(option.id()))
                .max(Comparator.comparingDouble(score))
                .map(Option::id);
    }

    private static ToDoubleFunction<Option> linear(Duels state, Situation now) {
        int size = Matrix.size(now.options());
        double[] weights = state.weights(size, state.settings().get("lambda"));
        return option -> Matrix.dot(weights, Matrix.features(option, size));
    }

    /** Bounded, as in the paper, so that one wild draw does not decide. */
    private static double gumbel(RandomGenerator random) {
        double draw = -Math.log(-Math.log(Math.max(random.nextDouble(), 1e-12)));
        return Math.max(-1, Math.min(1, draw / 4));
    }
}
