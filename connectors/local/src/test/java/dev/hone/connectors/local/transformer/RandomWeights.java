package dev.hone.connectors.local.transformer;

import java.util.Random;

/** Small networks that nobody trained. */
final class RandomWeights {

    private RandomWeights() {}

    static Weights of(long seed, boolean feedback) {
        TransformerShape shape = new TransformerShape(16, 4, 2, 24, 1, 8, feedback);
        Random random = new Random(seed);
        float[] values = new float[shape.parameterCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.3 * random.nextGaussian());
        }
        return new Weights(shape, values);
    }
}
