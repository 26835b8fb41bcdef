package dev.hone.engine.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The state of dueling policies: every duel that was decided.
 *
 * @param queried the options that were in a duel
 */
public record Duels(Settings settings, List<Duel> decided, Set<String> queried, long asks) {

    /** The features of the winner and of the loser. */
    record Duel(List<Double> won, List<Double> lost) {}

    static Duels start(Settings settings) {
        return new Duels(settings, List.of(), Set.of(), 0);
    }

    Duels asked(Trial trial) {
        Set<String> more = new LinkedHashSet<>(queried);
        more.addAll(trial.choice().picks());
        return new Duels(settings, decided, java.util.Collections.unmodifiableSet(more), asks + 1);
    }

    Duels told(Trial trial, Outcome outcome) throws BadOutcome {
        int winner = Preference.winner(trial, outcome);
        if (winner < 0 || trial.choice().picks().size() < 2) {
            return this;
        }
        List<Duel> more = new ArrayList<>(decided);
        String won = trial.choice().picks().get(winner);
        String lost = trial.choice().picks().get(1 - winner);
        more.add(new Duel(features(trial, won), features(trial, lost)));
        return new Duels(settings, List.copyOf(more), queried, asks);
    }

    private static List<Double> features(Trial trial, String id) {
        return trial.picked().stream()
                .filter(option -> option.id().equals(id))
                .map(Option::features)
                .findFirst()
                .orElse(List.of());
    }

    /** Two different options by chance. */
    static Choice randomPair(Situation now, RandomGenerator random) throws NothingToChoose {
        requireTwo(now);
        int a = random.nextInt(now.options().size());
        int b = random.nextInt(now.options().size() - 1);
        return pair(now.options().get(a), now.options().get(b < a ? b : b + 1));
    }

    static void requireTwo(Situation now) throws NothingToChoose {
        if (now.options().size() < 2) {
            throw new NothingToChoose(
                    "a duel needs two options, and there are " + now.options().size());
        }
        if (Matrix.size(now.options()) == 0) {
            throw new NothingToChoose("the options have no features");
        }
    }

    static Choice pair(Option a, Option b) {
        return new Choice(List.of(a.id(), b.id()), Optional.empty(), Map.of());
    }

    /** The differences of features of all duels, winner less loser. */
    List<double[]> differences(int size) {
        return decided.stream()
                .map(duel -> Matrix.minus(vector(duel.won(), size), vector(duel.lost(), size)))
                .toList();
    }

    static double[] vector(List<Double> features, int size) {
        return Matrix.features(new Option("", Optional.empty(), features, List.of()), size);
    }

    /** The weights that make the duels likeliest (logistic regression with a ridge), by a bounded number of steps. */
    double[] weights(int size, double lambda) {
        List<double[]> differences = differences(size);
        double[] weights = new double[size];
        double step = 1;
        for (int i = 0; i < 200; i++) {
            double[] gradient = new double[size];
            for (double[] difference : differences) {
                double miss = 1 - Matrix.sigmoid(Matrix.dot(weights, difference));
                for (int j = 0; j < size; j++) {
                    gradient[j] += miss * difference[j];
                }
            }
            for (int j = 0; j < size; j++) {
                weights[j] += step / (1 + differences.size()) * (gradient[j] - lambda * weights[j]);
            }
        }
        return weights;
    }

    /** The inverse of {@code lambda I} plus the sum of the squares of all differences. */
    double[][] inverse(int size, double lambda) {
        double[][] inverse = Matrix.diagonal(size, 1 / lambda);
        for (double[] difference : differences(size)) {
            inverse = Matrix.inverseWith(inverse, difference);
        }
        return inverse;
    }
}
