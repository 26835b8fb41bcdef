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

    /**
     * Vectors that were normalised, and what their gradients need.
     *
     * @param values scaled and shifted
     * @param scales one over the deviation of each vector
     */
    record Normed(float[] values, float[] scales) {}

    /** Normalises {@code rows} vectors, one after the other in {@code x}. */
    float[] apply(float[] x, int rows) {
        return normed(x, rows).values();
    }

    Normed normed(float[] x, int rows) {
        int width = gain.length;
        float[] y = new float[rows * width];
        float[] scales = new float[rows];
        for (int row = 0; row < rows; row++) {
            int at = row * width;
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
            scales[row] = scale;
            for (int i = 0; i < width; i++) {
                y[at + i] = (x[at + i] - mean) * scale * (1 + gain[i]) + bias[i];
            }
        }
        return new Normed(y, scales);
    }

    /**
     * The gradient of the vectors before they were normalised.
     *
     * @param dy of the normalised ones
     */
    float[] backward(float[] dy, Normed normed, int rows) {
        int width = gain.length;
        float[] dx = new float[rows * width];
        float[] plain = new float[width];
        float[] gradient = new float[width];
        for (int row = 0; row < rows; row++) {
            int at = row * width;
            float sum = 0;
            float along = 0;
            for (int i = 0; i < width; i++) {
                float scale = 1 + gain[i];
                plain[i] = scale == 0 ? 0 : (normed.values()[at + i] - bias[i]) / scale;
                gradient[i] = dy[at + i] * scale;
                sum += gradient[i];
                along += gradient[i] * plain[i];
            }
            for (int i = 0; i < width; i++) {
                dx[at + i] = normed.scales()[row] * (gradient[i] - (sum + plain[i] * along) / width);
            }
        }
        return dx;
    }
}
