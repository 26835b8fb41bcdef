package dev.hone.engine.policy;

import java.util.List;
import java.util.SplittableRandom;

/** A score of features: two hidden layers of 32 rectified units, trained by Adam on won and lost duels. */
final class Network {

    private static final int HIDDEN = 32;

    private final int inputs;
    private final double[] weights;

    private Network(int inputs, double[] weights) {
        this.inputs = inputs;
        this.weights = weights;
    }

    /**
     * Trains from a fixed beginning.
     *
     * @param decay how strongly weights are held small
     */
    static Network trained(int inputs, List<double[]> won, List<double[]> lost, int steps, double decay) {
        Network network = new Network(inputs, beginning(inputs));
        double[] m = new double[network.weights.length];
        double[] v = new double[network.weights.length];
        for (int step = 1; step <= steps; step++) {
            double[] gradient = new double[network.weights.length];
            for (int i = 0; i < won.size(); i++) {
                double miss = Matrix.sigmoid(network.score(won.get(i)) - network.score(lost.get(i))) - 1;
                network.addGradient(won.get(i), miss / won.size(), gradient);
                network.addGradient(lost.get(i), -miss / won.size(), gradient);
            }
            for (int j = 0; j < gradient.length; j++) {
                double g = gradient[j] + decay * network.weights[j];
                m[j] = 0.9 * m[j] + 0.1 * g;
                v[j] = 0.999 * v[j] + 0.001 * g * g;
                double mHat = m[j] / (1 - Math.pow(0.9, step));
                double vHat = v[j] / (1 - Math.pow(0.999, step));
                network.weights[j] -= 0.005 * mHat / (Math.sqrt(vHat) + 1e-8);
            }
        }
        return network;
    }

    private static double[] beginning(int inputs) {
        double[] weights = new double[inputs * HIDDEN + HIDDEN + HIDDEN * HIDDEN + HIDDEN + HIDDEN];
        SplittableRandom random = new SplittableRandom(7);
        int second = inputs * HIDDEN + HIDDEN;
        for (int i = 0; i < weights.length; i++) {
            double fanIn = i < second ? inputs : HIDDEN;
            weights[i] = random.nextGaussian() * Math.sqrt(2 / Math.max(1, fanIn));
        }
        return weights;
    }

    double score(double[] x) {
        return dot(second(first(x)));
    }

    /** How the score changes with each weight. */
    double[] gradient(double[] x) {
        double[] gradient = new double[weights.length];
        addGradient(x, 1, gradient);
        return gradient;
    }

    private double[] first(double[] x) {
        double[] hidden = new double[HIDDEN];
        for (int h = 0; h < HIDDEN; h++) {
            double sum = weights[inputs * HIDDEN + h];
            for (int i = 0; i < inputs; i++) {
                sum += weights[h * inputs + i] * x[i];
            }
            hidden[h] = Math.max(0, sum);
        }
        return hidden;
    }

    private int secondAt() {
        return inputs * HIDDEN + HIDDEN;
    }

    private int lastAt() {
        return secondAt() + HIDDEN * HIDDEN + HIDDEN;
    }

    private double[] second(double[] before) {
        double[] hidden = new double[HIDDEN];
        for (int h = 0; h < HIDDEN; h++) {
            double sum = weights[secondAt() + HIDDEN * HIDDEN + h];
            for (int i = 0; i < HIDDEN; i++) {
                sum += weights[secondAt() + h * HIDDEN + i] * before[i];
            }
            hidden[h] = Math.max(0, sum);
        }
        return hidden;
    }

    private double dot(double[] hidden) {
        double sum = 0;
        for (int h = 0; h < HIDDEN; h++) {
            sum += weights[lastAt() + h] * hidden[h];
        }
        return sum;
    }

    private void addGradient(double[] x, double factor, double[] into) {
        double[] one = first(x);
        double[] two = second(one);
        double[] down = new double[HIDDEN];
        for (int h = 0; h < HIDDEN; h++) {
            into[lastAt() + h] += factor * two[h];
            double delta = two[h] > 0 ? factor * weights[lastAt() + h] : 0;
            if (delta != 0) {
                into[secondAt() + HIDDEN * HIDDEN + h] += delta;
                for (int i = 0; i < HIDDEN; i++) {
                    into[secondAt() + h * HIDDEN + i] += delta * one[i];
                    down[i] += delta * weights[secondAt() + h * HIDDEN + i];
                }
            }
        }
        for (int h = 0; h < HIDDEN; h++) {
            double delta = one[h] > 0 ? down[h] : 0;
            if (delta != 0) {
                into[inputs * HIDDEN + h] += delta;
                for (int i = 0; i < inputs; i++) {
                    into[h * inputs + i] += delta * x[i];
                }
            }
        }
    }
}
