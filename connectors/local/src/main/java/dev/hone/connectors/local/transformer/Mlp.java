package dev.hone.connectors.local.transformer;

/** The residual block {@code x + down(relu(up(norm(x))))}. */
record Mlp(LayerNorm norm, LinearMap up, LinearMap down) {

    static Mlp of(Weights weights, String name) {
        return new Mlp(
                LayerNorm.of(weights, name + ".norm"),
                LinearMap.of(weights, name + ".up"),
                LinearMap.of(weights, name + ".down"));
    }

    /** Adds the block's output to {@code rows} vectors, in place. */
    void addTo(float[] x, int rows) {
        float[] hidden = up.apply(norm.apply(x, rows), rows);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Math.max(0, hidden[i]);
        }
        Vectors.add(x, down.apply(hidden, rows));
    }
}
