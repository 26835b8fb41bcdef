package dev.hone.connectors.local.transformer;

/**
 * {@code y = x M + b}. The matrix lies input by input, so that the inner loop runs over neighbouring outputs and the JIT
 * compiler turns it into vector instructions.
 */
final class LinearMap {

    private final int in;
    private final int out;
    private final float[] matrix;
    private final float[] bias;

    private LinearMap(int in, int out, float[] matrix, float[] bias) {
        this.in = in;
        this.out = out;
        this.matrix = matrix;
        this.bias = bias;
    }

    /** The parameters {@code name.matrix}, one row an output, and {@code name.bias}. */
    static LinearMap of(Weights weights, String name) {
        float[] bias = weights.values(name + ".bias");
        float[] rows = weights.values(name + ".matrix");
        int out = bias.length;
        int in = rows.length / out;
        float[] matrix = new float[rows.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                matrix[i * out + o] = rows[o * in + i];
            }
        }
        return new LinearMap(in, out, matrix, bias);
    }

    int outputs() {
        return out;
    }

    /** The weight of an input in an output. */
    float weight(int input, int output) {
        return matrix[input * out + output];
    }

    /** This map with a change that goes through few numbers. */
    LinearMap plus(LowRank change) {
        float[] changed = matrix.clone();
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                float sum = 0;
                for (int k = 0; k < change.rank(); k++) {
                    sum += change.out()[o * change.rank() + k] * change.in()[k * in + i];
                }
                changed[i * out + o] += sum;
            }
        }
        return new LinearMap(in, out, changed, bias);
    }

    /**
     * This map with a change of its first outputs.
     *
     * @param rows [outputs that change, inputs]
     * @param more of their biases
     */
    LinearMap plus(float[] rows, float[] more) {
        float[] changed = matrix.clone();
        float[] changedBias = bias.clone();
        for (int o = 0; o < more.length; o++) {
            changedBias[o] += more[o];
            for (int i = 0; i < in; i++) {
                changed[i * out + o] += rows[o * in + i];
            }
        }
        return new LinearMap(in, out, changed, changedBias);
    }

    /**
     * The gradient of the inputs, for those that are not zero: behind a ReLU the others have none.
     *
     * @param dy of the outputs of {@code rows} vectors
     */
    float[] backward(float[] dy, float[] x, int rows) {
        float[] dx = new float[rows * in];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < in; i++) {
                if (x[row * in + i] == 0) {
                    continue;
                }
                float sum = 0;
                for (int o = 0; o < out; o++) {
                    sum += matrix[i * out + o] * dy[row * out + o];
                }
                dx[row * in + i] = sum;
            }
        }
        return dx;
    }

    /** Maps {@code rows} vectors, one after the other in {@code x}. */
    float[] apply(float[] x, int rows) {
        float[] y = new float[rows * out];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(bias, 0, y, row * out, out);
        }
        int i = 0;
        for (; i + 4 <= in; i += 4) {
            for (int row = 0; row < rows; row++) {
                addFour(x, row * in + i, i * out, y, row * out);
            }
        }
        for (; i < in; i++) {
            for (int row = 0; row < rows; row++) {
                float a = x[row * in + i];
                for (int o = 0; o < out; o++) {
                    y[row * out + o] += a * matrix[i * out + o];
                }
            }
        }
        return y;
    }

    /** Adds the outputs of four inputs at once, which saves three of four passes over {@code y}. */
    private void addFour(float[] x, int xAt, int at, float[] y, int yAt) {
        float a = x[xAt];
        float b = x[xAt + 1];
        float c = x[xAt + 2];
        float d = x[xAt + 3];
        if (a == 0 && b == 0 && c == 0 && d == 0) {
            return;
        }
        for (int o = 0; o < out; o++) {
            y[yAt + o] += a * matrix[at + o]
                    + b * matrix[at + out + o]
                    + c * matrix[at + 2 * out + o]
                    + d * matrix[at + 3 * out + o];
        }
    }
}
