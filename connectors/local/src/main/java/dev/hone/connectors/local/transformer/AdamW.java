package dev.hone.connectors.local.transformer;

/** The AdamW optimiser (Loshchilov and Hutter 2019): its decay pulls a patch towards the model as it was. */
final class AdamW {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.98;
    private static final double EPSILON = 1e-8;

    private final Patch patch;
    private final Patch mean;
    private final Patch square;
    private final double decay;
    private int step;

    AdamW(Patch patch, TransformerShape shape, double decay) {
        this.patch = patch;
        this.mean = Patch.zero(shape, patch.up().rank());
        this.square = Patch.zero(shape, patch.up().rank());
        this.decay = decay;
    }

    /** Takes one step along the gradient. */
    void step(Patch gradient, double rate) {
        step++;
        double unbias1 = 1 - Math.pow(BETA1, step);
        double unbias2 = 1 - Math.pow(BETA2, step);
        for (int a = 0; a < patch.arrays().length; a++) {
            float[] p = patch.arrays()[a];
            float[] g = gradient.arrays()[a];
            float[] m = mean.arrays()[a];
            float[] s = square.arrays()[a];
            for (int i = 0; i < p.length; i++) {
                m[i] += (float) ((1 - BETA1) * (g[i] - m[i]));
                s[i] += (float) ((1 - BETA2) * (g[i] * g[i] - s[i]));
                p[i] -= (float) (rate * (m[i] / unbias1 / (Math.sqrt(s[i] / unbias2) + EPSILON) + decay * p[i]));
            }
        }
    }
}
