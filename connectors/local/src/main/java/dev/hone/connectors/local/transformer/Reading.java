package dev.hone.connectors.local.transformer;

/** What a model has read of one task, ready to be continued any number of times. Immutable and thread-safe. */
public final class Reading {

    private final Transformer model;
    private final float[][] caches;
    private final int prefix;

    Reading(Transformer model, float[][] caches, int prefix) {
        this.model = model;
        this.caches = caches;
        this.prefix = prefix;
    }

    /** Tokens read. */
    public int tokens() {
        return prefix;
    }

    /** Begins to write at {@code position}: 0 for a critique, 1 for a program. */
    public Writing write(int position) {
        float[][] copies = new float[caches.length][];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = caches[i].clone();
        }
        return new Writing(model, copies, prefix, position);
    }
}
