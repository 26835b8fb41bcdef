package dev.hone.engine.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** A dueling bandit with a linear score: the best estimate against the one that could still beat it (Bengs et al. 2022). */
final class DuelingUcb implements Policy<Duels> {

    @Override
    public String kind() {
        return "dueling-ucb";
    }

    @Override
    public String says() {
        return "Lets the best so far duel with the one that could still beat it; linear in the features.";
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
                new Setting("nu", 1, 0, 1000, "How much is explored."),
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
        Option a = Tally.highest(now.options(), option -> Matrix.dot(weights, Matrix.features(option, size)));
        double[] champion = Matrix.features(a, size);
        Option b = Tally.highest(
                now.options().stream().filter(option -> option != a).toList(),
                option -> Matrix.dot(weights, Matrix.features(option, size))
                        + state.settings().get("nu")
                                * Matrix.norm(Matrix.minus(Matrix.features(option, size), champion), inverse));
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
}
