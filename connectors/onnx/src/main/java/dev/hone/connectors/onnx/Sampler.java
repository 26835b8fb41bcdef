package dev.hone.connectors.onnx;

import java.util.SplittableRandom;

/** Chooses a token. */
record Sampler(double temperature, SplittableRandom random) {

    /**
     * The best at a temperature of 0, else one by chance.
     *
     * @param logits one for each token of the vocabulary
     */
    int choose(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        if (temperature == 0) {
            return best;
        }
        double[] weights = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            weights[i] = Math.exp((logits[i] - logits[best]) / temperature);
            sum += weights[i];
        }
        double rest = random.nextDouble() * sum;
        for (int i = 0; i < weights.length; i++) {
            rest -= weights[i];
            if (rest < 0) {
                return i;
            }
        }
        return best;
    }
}
