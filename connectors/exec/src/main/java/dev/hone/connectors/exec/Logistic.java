package dev.hone.connectors.exec;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
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
    private static final int MOST_FEATURES = 200;

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
        List<Example> data = input.data();
        double ridge = input.ridge().orElse(1.0);
        check(data, ridge);
        boolean constant = input.intercept().orElse(false);
        List<RealVector> rows = new ArrayList<>();
        for (Example example : data) {
            RealVector features = new ArrayRealVector(
                    example.example().features().stream().mapToDouble(x -> x).toArray());
            rows.add(constant ? new ArrayRealVector(new double[] {1}).append(features) : features);
        }
        RealVector weights = fit(data, rows, ridge);
        double right = 0;
        double likelihood = 0;
        double all = 0;
        for (int i = 0; i < rows.size(); i++) {
            Example example = data.get(i);
            double label = example.example().label();
            double p = sigmoid(rows.get(i).dotProduct(weights));
            right += example.weight() * ((p > 0.5) == (label > 0.5) ? 1 : 0);
            likelihood += example.weight() * (label * Math.log(p) + (1 - label) * Math.log1p(-p));
            all += example.weight();
        }
        return new Output(Arrays.stream(weights.toArray()).boxed().toList(), right / all, likelihood / all);
    }

    private static RealVector fit(List<Example> data, List<RealVector> rows, double ridge) {
        int size = rows.getFirst().getDimension();
        RealVector weights = new ArrayRealVector(size);
        for (int step = 0; step < STEPS; step++) {
            RealVector gradient = weights.mapMultiply(-ridge);
            RealMatrix curvature = new Array2DRowRealMatrix(size, size);
            for (int i = 0; i < size; i++) {
                curvature.setEntry(i, i, ridge);
            }
            for (int i = 0; i < rows.size(); i++) {
                Example example = data.get(i);
                RealVector row = rows.get(i);
                double p = sigmoid(row.dotProduct(weights));
                gradient = gradient.add(
                        row.mapMultiply(example.weight() * (example.example().label() - p)));
                curvature = curvature.add(row.outerProduct(row).scalarMultiply(example.weight() * p * (1 - p)));
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

    private static void check(List<Example> data, double ridge) throws ConnectorException {
        if (data.isEmpty()) {
            throw bad("there is no example to learn from", "train when the dataset has at least one");
        }
        if (!(ridge > 0)) {
            throw bad("the ridge is " + ridge, "give a number above 0, which keeps the weights finite");
        }
        int size = data.getFirst().example().features().size();
        if (size < 1 || size > MOST_FEATURES) {
            throw bad("an example has " + size + " features", "give 1 to " + MOST_FEATURES + " numbers");
        }
        for (Example example : data) {
            if (example.example().features().size() != size) {
                throw bad(
                        "one example has " + size + " features, another "
                                + example.example().features().size(),
                        "give every example the same features");
            }
            if (!(example.example().label() >= 0 && example.example().label() <= 1)) {
                throw bad("a label is " + example.example().label(), "give a number from 0 to 1");
            }
            if (!(example.weight() > 0)) {
                throw bad("a weight is " + example.weight(), "give a number above 0");
            }
        }
    }

    private static ConnectorException bad(String what, String fix) {
        return new ConnectorException(ConnectorException.Kind.BAD_INPUT, what, fix);
    }
}
