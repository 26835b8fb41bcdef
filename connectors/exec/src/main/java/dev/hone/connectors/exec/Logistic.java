package dev.hone.connectors.exec;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * A trainer that fits a logistic regression: from features and whether something held, the weights of the features. Given
 * the differences of two options' features and which one was preferred, it is the model of Bradley and Terry (1952), a
 * reward learned from preferences: {@code train: {trainer: logistic}}.
 *
 * <p>Maximum likelihood with a ridge, by Newton's method; the features are taken as they are, so let them be of like size.
 */
public final class Logistic implements Connector<Logistic.Input, Logistic.Output> {

    private static final int STEPS = 100;
    private static final double CLOSE = 1e-9;

    /**
     * @param features of the same number in every example
     * @param label 1 when it held, 0 when not, or how likely it is
     */
    public record Sample(List<Double> features, double label) {}

    /** @param from where it came from */
    public record Example(Sample example, double weight, String from) {}

    /**
     * @param ridge how strongly weights are drawn to 0; 1 when absent
     * @param intercept whether the first weight is that of a constant 1; not when absent
     */
    public record Input(List<Example> data, Optional<Double> ridge, Optional<Boolean> intercept) {}

    /**
     * @param value the weights
     * @param score the fraction of the examples' weight whose more likely label is the given one
     * @param logLikelihood the mean over the examples, 0 at best
     */
    public record Output(List<Double> value, double score, double logLikelihood) {}

    @Override
    public String name() {
        return "logistic";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT without examples, or when they do not fit together */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        for (Example example : input.data()) {
            if (!(example.example().label() >= 0 && example.example().label() <= 1)) {
                throw Samples.bad("a label is " + example.example().label(), "give a number from 0 to 1");
            }
        }
        Samples samples = Samples.of(
                input.data().stream()
                        .map(example -> new Samples.Example(
                                example.example().features(), example.example().label(), example.weight()))
                        .toList(),
                input.ridge(),
                input.intercept());
        RealVector weights = fit(samples);
        double right = 0;
        double likelihood = 0;
        double all = 0;
        for (int i = 0; i < samples.size(); i++) {
            double label = samples.labels()[i];
            double weight = samples.weights()[i];
            double p = sigmoid(samples.rows().get(i).dotProduct(weights));
            right += weight * ((p > 0.5) == (label > 0.5) ? 1 : 0);
            likelihood += weight * (label * Math.log(p) + (1 - label) * Math.log1p(-p));
            all += weight;
        }
        return new Output(Arrays.stream(weights.toArray()).boxed().toList(), right / all, likelihood / all);
    }

    private static RealVector fit(Samples samples) {
        int size = samples.width();
        RealVector weights = new ArrayRealVector(size);
        for (int step = 0; step < STEPS; step++) {
            RealVector gradient = weights.mapMultiply(-samples.ridge());
            RealMatrix curvature = MatrixUtils.createRealIdentityMatrix(size).scalarMultiply(samples.ridge());
            for (int i = 0; i < samples.size(); i++) {
                RealVector row = samples.rows().get(i);
                double weight = samples.weights()[i];
                double p = sigmoid(row.dotProduct(weights));
                gradient = gradient.add(row.mapMultiply(weight * (samples.labels()[i] - p)));
                curvature = curvature.add(row.outerProduct(row).scalarMultiply(weight * p * (1 - p)));
            }
            RealVector move = new CholeskyDecomposition(curvature).getSolver().solve(gradient);
            weights = weights.add(move);
            if (move.getNorm() < CLOSE) {
                break;
            }
        }
        return weights;
    }

    /** Kept off 0 and 1, where the likelihood would be infinite. */
    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-Math.clamp(x, -30, 30)));
    }
}
