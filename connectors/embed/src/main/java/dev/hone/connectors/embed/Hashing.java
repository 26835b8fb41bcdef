package dev.hone.connectors.embed;

import dev.hone.connectors.api.Embedder;
import java.util.Locale;

/**
 * Counts words and groups of three characters in places that their hashes decide (Weinberger et al. 2009). It needs no model
 * and knows nothing of meaning: texts are similar when they share words or parts of words.
 */
public final class Hashing implements Embedder {

    private static final int SIZE = 256;

    @Override
    public String name() {
        return "hashing";
    }

    @Override
    public int dimensions() {
        return SIZE;
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    @Override
    public float[] embed(String text) {
        String cut = text.length() > MiniLm.LONGEST ? text.substring(0, MiniLm.LONGEST) : text;
        float[] counts = new float[SIZE];
        for (String word : cut.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                count(counts, word, 2);
                String framed = " " + word + " ";
                for (int i = 0; i + 3 <= framed.length(); i++) {
                    count(counts, framed.substring(i, i + 3), 1);
                }
            }
        }
        return Vectors.unit(counts);
    }

    /** The sign is a part of the hash too, so that what meets by chance cancels out on average. */
    private static void count(float[] counts, String feature, float weight) {
        int hash = feature.hashCode() * 0x9E3779B9;
        hash ^= hash >>> 16;
        counts[Math.floorMod(hash >> 1, SIZE)] += (hash & 1) == 0 ? weight : -weight;
    }
}
