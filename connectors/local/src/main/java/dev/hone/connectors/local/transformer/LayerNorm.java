package dev.hone.connectors.local.transformer;

/** Normalises vectors to mean 0 and variance 1, then scales by {@code 1 + gain} and adds the bias (Ba et al. 2016). */
final class LayerNorm {

    private static final float EPSILON = 1e-5f;

    private final float[] gain;
    private final float[] bias;

    private LayerNorm(float[] gain, float[] bias) {
        this.gain = gain;
        this.bias = bias;
    }

    static LayerNorm of(Weights weights, String name) {
        return new LayerNorm(weights.values(name + ".gain"), weights.values(name + ".bias"));
    }

    /** Normalises {@code rows} vectors, one after the other in {@code x}. */
    float[] apply(float[] x, int rows) {
        int width = gain.length;
        float[] y = new float[rows * width];
        for (int at = 0; at < y.length; at += width) {
            float mean = 0;
            for (int i = 0; i < width; i++) {
                mean += x[at + i];
            }
            mean /= width;
            float variance = 0;
            for (int i = 0; i < width; i++) {
                float deviation = x[at + i] - mean;
                variance += deviation * deviation;
            }
            float scale = (float) (1 / Math.sqrt(variance / width + EPSILON));
            for (int i = 0; i < width; i++) {
                y[at + i] = (x[at + i] - mean) * scale * (1 + gain[i]) + bias[i];
            }
        }
        return y;
    }
}
