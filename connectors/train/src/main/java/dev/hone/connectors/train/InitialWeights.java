package dev.hone.connectors.train;

import dev.hone.connectors.local.transformer.TransformerShape;
import dev.hone.connectors.local.transformer.TransformerShape.Parameter;
import dev.hone.connectors.local.transformer.Weights;
import java.util.Arrays;
import java.util.Random;

/** Where training begins. */
final class InitialWeights {

    private static final double TABLE_DEVIATION = 0.05;

    private InitialWeights() {}

    /**
     * Normal random tables and matrices, zero biases and gains. A matrix's variance is one over its number of inputs; maps
     * that end a residual branch are smaller by the root of the number of branches.
     */
    static Weights random(TransformerShape shape, long seed) {
        Random random = new Random(seed);
        float[] values = new float[shape.parameterCount()];
        int at = 0;
        for (Parameter parameter : shape.parameters()) {
            double deviation = deviation(parameter, shape);
            for (int i = 0; i < parameter.size(); i++) {
                values[at++] = (float) (deviation == 0 ? 0 : deviation * random.nextGaussian());
            }
        }
        return new Weights(shape, values);
    }

    /**
     * The weights of {@code trained}, where {@code shape} has a parameter of the same name and width, and random ones
     * elsewhere; what {@code shape} reads beyond {@code trained} (the draft's outputs) begins with a weight of zero.
     */
    static Weights grown(TransformerShape shape, Weights trained, long seed) {
        Weights random = random(shape, seed);
        float[] values = random.values();
        int at = 0;
        for (Parameter parameter : shape.parameters()) {
            if (parameter.name().startsWith("got.map")) {
                Arrays.fill(values, at, at + parameter.size(), 0);
            } else if (has(trained.shape(), parameter)) {
                float[] known = trained.values(parameter.name());
                System.arraycopy(known, 0, values, at, known.length);
                Arrays.fill(values, at + known.length, at + parameter.size(), 0);
            }
            at += parameter.size();
        }
        return new Weights(shape, values);
    }

    private static boolean has(TransformerShape shape, Parameter wanted) {
        return shape.parameters().stream()
                .anyMatch(p ->
                        p.name().equals(wanted.name()) && p.columns() == wanted.columns() && p.rows() <= wanted.rows());
    }

    private static double deviation(Parameter parameter, TransformerShape shape) {
        String name = parameter.name();
        if (name.endsWith(".bias") || name.endsWith(".gain")) {
            return 0;
        }
        if (!name.endsWith(".matrix")) {
            return TABLE_DEVIATION;
        }
        double residual = name.endsWith(".out.matrix") || name.endsWith(".down.matrix")
                ? Math.sqrt(2.0 * shape.layers() + shape.encoders())
                : 1;
        return 1 / Math.sqrt(parameter.columns()) / residual;
    }
}
