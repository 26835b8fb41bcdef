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
 * A trainer that fits a linear regression with a ridge (Hoerl and Kennard 1970): from features and a number that was
 * observed, the weights of the features: {@code train: {trainer: linear}}.
 */
public final class Linear implements Connector<Linear.Input, Linear.Output> {

    /**
     * @param features of the same number in every example
     * @param label the number that was observed
     */
    public record Sample(List<Double> features, double label) {}

    /** @param from where it came from */
    public record Example(Sample example, double weight, String from) {}

    /**
     * @param ridge how strongly weights are drawn to 0, that of the intercept too; 1 when absent
     * @param intercept whether the first weight is that of a constant 1; not when absent
     */
    public record Input(List<Example> data, Optional<Double> ridge, Optional<Boolean> intercept) {}

    /**
     * @param value the weights
     * @param score the fraction of the labels' variance that is explained, 1 at best; 0 when the labels do not differ
     * @param error the root of the mean squared error
     */
    public record Output(List<Double> value, double score, double error) {}

    @Override
    public String name() {
        return "linear";
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
            if (!Double.isFinite(example.example().label())) {
                throw Samples.bad("a label is " + example.example().label(), "give a number");
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
        double all = Arrays.stream(samples.weights()).sum();
        double mean = 0;
        for (int i = 0; i < samples.size(); i++) {
            mean += samples.weights()[i] * samples.labels()[i] / all;
        }
        double left = 0;
        double variance = 0;
        for (int i = 0; i < samples.size(); i++) {
            double weight = samples.weights()[i] / all;
            double label = samples.labels()[i];
            double miss = label - samples.rows().get(i).dotProduct(weights);
            left += weight * miss * miss;
            variance += weight * (label - mean) * (label - mean);
        }
        return new Output(
                Arrays.stream(weights.toArray()).boxed().toList(),
                variance > 0 ? 1 - left / variance : 0,
                Math.sqrt(left));
    }

    private static RealVector fit(Samples samples) {
        int size = samples.width();
        RealMatrix squares = MatrixUtils.createRealIdentityMatrix(size).scalarMultiply(samples.ridge());
        RealVector products = new ArrayRealVector(size);
        for (int i = 0; i < samples.size(); i++) {
            RealVector row = samples.rows().get(i);
            double weight = samples.weights()[i];
            squares = squares.add(row.outerProduct(row).scalarMultiply(weight));
            products = products.add(row.mapMultiply(weight * samples.labels()[i]));
        }
        return new CholeskyDecomposition(squares).getSolver().solve(products);
    }
}
