package dev.hone.connectors.local.transformer;

/**
 * A program to be learned for a task, as the last MLP sees it: all that comes before stays as it is, and is computed once.
 *
 * @param residual what enters the last MLP, [places, width]
 * @param normed the same, normalised
 * @param hidden the MLP's hidden layer before its activation, without any patch, [places, hidden]
 * @param targets the token after each place
 * @param weight how much it counts
 */
record Lesson(float[] residual, float[] normed, float[] hidden, int[] targets, double weight) {

    int places() {
        return targets.length;
    }
}
