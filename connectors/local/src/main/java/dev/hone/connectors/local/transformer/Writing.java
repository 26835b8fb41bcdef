package dev.hone.connectors.local.transformer;

/** A sequence being written. Not thread-safe. */
public final class Writing {

    private final Transformer model;
    private final float[][] caches;
    private int place;
    private int position;

    Writing(Transformer model, float[][] caches, int place, int position) {
        this.model = model;
        this.caches = caches;
        this.place = place;
        this.position = position;
    }

    /** The same beginning, to be continued in another way. */
    public Writing copy() {
        float[][] copies = new float[caches.length][];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = caches[i].clone();
        }
        return new Writing(model, copies, place, position);
    }

    /**
     * Appends {@code token} and returns the logits of the next one, [Token.COUNT].
     *
     * @throws IllegalStateException when the sequence is full
     */
    public float[] append(int token) {
        if (position == TransformerShape.WRITTEN) {
            throw new IllegalStateException("nothing fits after " + TransformerShape.WRITTEN + " tokens");
        }
        return model.next(token, place++, position++, caches);
    }
}
