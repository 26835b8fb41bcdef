package dev.hone.connectors.embed;

/** Lengths of vectors. */
final class Vectors {

    private Vectors() {}

    /** The vector in its direction whose length is 1; of a vector without a direction, the first axis. */
    static float[] unit(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        float[] unit = new float[vector.length];
        if (squares == 0) {
            unit[0] = 1;
            return unit;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }
}
