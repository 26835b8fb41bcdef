package dev.hone.connectors.local.transformer;

/** Sums of float vectors. */
final class Vectors {

    private Vectors() {}

    static void add(float[] x, float[] y) {
        for (int i = 0; i < y.length; i++) {
            x[i] += y[i];
        }
    }

    /** Adds row {@code row} of {@code table} to the vector of {@code width} numbers at {@code at}. */
    static void addRow(float[] x, int at, float[] table, int row, int width) {
        int from = row * width;
        for (int i = 0; i < width; i++) {
            x[at + i] += table[from + i];
        }
    }
}
