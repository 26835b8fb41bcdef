package dev.hone.engine.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Automated prompt optimisation with human feedback (Lin et al. 2024): a network scores the features, the first option is
 * its best, the second the one with the highest bound by the gradients, whose matrix is kept on its diagonal alone.
 */
final class NeuralDuelingUcb implements Policy<Duels> {

    @Override
    public String kind() {
        return "neural-dueling-ucb";
    }

    @Override
    public String says() {
        return "Lets the best of a small network duel with the one that could still beat it.";
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
                new Setting("steps", 100, 1, 1000, "How many steps of training each choice may take."),
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
        Network network = network(state, size);
        Option a = Tally.highest(now.options(), option -> network.score(Matrix.features(option, size)));
        double[] champion = network.gradient(Matrix.features(a, size));
        double[] spread = new double[champion.length];
        java.util.Arrays.fill(spread, state.settings().get("lambda"));
        for (Duels.Duel duel : state.decided()) {
            double[] difference = Matrix.minus(
                    network.gradient(Duels.vector(duel.won(), size)),
                    network.gradient(Duels.vector(duel.lost(), size)));
            for (int i = 0; i < spread.length; i++) {
                spread[i] += difference[i] * difference[i];
            }
        }
        Option b = Tally.highest(
                now.options().stream().filter(option -> option != a).toList(), option -> {
                    double[] x = Matrix.features(option, size);
                    double[] difference = Matrix.minus(network.gradient(x), champion);
                    double bonus = 0;
                    for (int i = 0; i < spread.length; i++) {
                        bonus += difference[i] * difference[i] / spread[i];
                    }
                    return network.score(x) + Math.sqrt(state.settings().get("nu") * bonus);
                });
        return Duels.pair(a, b);
    }

    /** Only among those that were in a duel. */
    @Override
    public Optional<String> recommend(Duels state, Situation now) {
        if (state.decided().isEmpty()) {
            return Optional.empty();
        }
        ToDoubleFunction<Option> score = neural(state, now);
        return now.options().stream()
                .filter(option -> state.queried().contains(option.id()))
                .max(Comparator.comparingDouble(score))
                .map(Option::id);
    }

    private static ToDoubleFunction<Option> neural(Duels state, Situation now) {
        int size = Matrix.size(now.options());
        Network network = network(state, size);
        return option -> network.score(Matrix.features(option, size));
    }

    private static Network network(Duels state, int size) {
        List<double[]> won = state.decided().stream()
                .map(duel -> Duels.vector(duel.won(), size))
                .toList();
        List<double[]> lost = state.decided().stream()
                .map(duel -> Duels.vector(duel.lost(), size))
                .toList();
        double decay = state.settings().get("lambda") / (won.size() + 50);
        return Network.trained(size, won, lost, state.settings().whole("steps"), decay);
    }
}
