package dev.hone.engine.eval;

/**
 * Where an estimated number is, with a confidence that the method states.
 *
 * @param low never NaN, at most {@code high}
 * @param high never NaN
 */
public record Interval(double low, double high) {

    /** @throws IllegalArgumentException if the ends are not numbers in order */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("not an interval: " + low + " to " + high);
        }
    }

    public double width() {
        return high - low;
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
