package dev.hone.connectors.local.transformer;

/**
 * The residual block {@code x + out(attention(norm(x)))} with a cache of keys and values. New rows see every row in the
 * cache and one another; whether that is causal is decided by how many rows come at once.
 */
final class Attention {

    private final int width;
    private final int heads;
    private final LayerNorm norm;
    private final LinearMap qkv;
    private final LinearMap out;

    Attention(Weights weights, String name) {
        this.width = weights.shape().width();
        this.heads = weights.shape().heads();
        this.norm = LayerNorm.of(weights, name + ".norm");
        this.qkv = LinearMap.of(weights, name + ".qkv");
        this.out = LinearMap.of(weights, name + ".out");
    }

    /**
     * Adds the block's output to {@code rows} vectors in place, and their keys and values to the cache.
     *
     * @param cache [places, 2 * width]: of each place the key, then the value
     * @param cached places already filled
     */
    void addTo(float[] x, int rows, float[] cache, int cached) {
        float[] projected = qkv.apply(norm.apply(x, rows), rows);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(projected, (3 * row + 1) * width, cache, (cached + row) * 2 * width, 2 * width);
        }
        float[] mixed = new float[rows * width];
        float[] weights = new float[cached + rows];
        for (int row = 0; row < rows; row++) {
            for (int head = 0; head < heads; head++) {
                int at = head * width / heads;
                attend(projected, 3 * row * width + at, cache, at, weights);
                mix(weights, cache, width + at, mixed, row * width + at);
            }
        }
        Vectors.add(x, out.apply(mixed, rows));
    }

    /** The softmax of the query's products with every cached key, into {@code weights}. */
    private void attend(float[] query, int queryAt, float[] cache, int keyAt, float[] weights) {
        int size = width / heads;
        float scale = (float) (1 / Math.sqrt(size));
        float largest = Float.NEGATIVE_INFINITY;
        for (int place = 0; place < weights.length; place++) {
            int key = place * 2 * width + keyAt;
            float product = 0;
            for (int i = 0; i < size; i++) {
                product += query[queryAt + i] * cache[key + i];
            }
            weights[place] = product * scale;
            largest = Math.max(largest, weights[place]);
        }
        float sum = 0;
        for (int place = 0; place < weights.length; place++) {
            weights[place] = (float) Math.exp(weights[place] - largest);
            sum += weights[place];
        }
        for (int place = 0; place < weights.length; place++) {
            weights[place] /= sum;
        }
    }

    private void mix(float[] weights, float[] cache, int valueAt, float[] mixed, int at) {
        int size = width / heads;
        for (int place = 0; place < weights.length; place++) {
            int value = place * 2 * width + valueAt;
            for (int i = 0; i < size; i++) {
                mixed[at + i] += weights[place] * cache[value + i];
            }
        }
    }
}
