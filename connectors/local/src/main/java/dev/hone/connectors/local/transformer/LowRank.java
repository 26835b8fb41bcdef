package dev.hone.connectors.local.transformer;

/**
 * A change of a linear map that goes through few numbers (LoRA, Hu et al. 2021): {@code y += out (in x)}.
 *
 * @param rank how many numbers it goes through
 * @param in [rank, inputs]
 * @param out [outputs, rank]
 */
record LowRank(int rank, float[] in, float[] out) {

    int inputs() {
        return in.length / rank;
    }

    int outputs() {
        return out.length / rank;
    }

    /** The numbers that {@code x} goes through, [rank]. */
    float[] through(float[] x, int at) {
        float[] z = new float[rank];
        int inputs = inputs();
        for (int k = 0; k < rank; k++) {
            float sum = 0;
            for (int i = 0; i < inputs; i++) {
                sum += in[k * inputs + i] * x[at + i];
            }
            z[k] = sum;
        }
        return z;
    }

    /** Adds the change to the outputs at {@code at}. */
    void add(float[] z, float[] y, int at) {
        for (int o = 0; o < outputs(); o++) {
            float sum = 0;
            for (int k = 0; k < rank; k++) {
                sum += out[o * rank + k] * z[k];
            }
            y[at + o] += sum;
        }
    }

    /**
     * Adds the gradients of both matrices.
     *
     * @param z what the input went through
     * @param dy of the outputs, at {@code dyAt}
     * @return that of {@code z}
     */
    float[] backward(float[] x, int xAt, float[] z, float[] dy, int dyAt, LowRank gradient) {
        float[] dz = new float[rank];
        for (int o = 0; o < outputs(); o++) {
            float d = dy[dyAt + o];
            if (d == 0) {
                continue;
            }
            for (int k = 0; k < rank; k++) {
                gradient.out[o * rank + k] += d * z[k];
                dz[k] += d * out[o * rank + k];
            }
        }
        int inputs = inputs();
        for (int k = 0; k < rank; k++) {
            for (int i = 0; i < inputs; i++) {
                gradient.in[k * inputs + i] += dz[k] * x[xAt + i];
            }
        }
        return dz;
    }
}
