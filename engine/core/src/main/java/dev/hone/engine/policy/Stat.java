package dev.hone.engine.policy;

/**
 * What is known of a number that was seen several times.
 *
 * @param n how often, or how much it counts when older values count less
 * @param pending how many trials are open
 */
record Stat(double n, double sum, double squares, double pending) {

    static final Stat NONE = new Stat(0, 0, 0, 0);

    Stat plus(double value) {
        return new Stat(n + 1, sum + value, squares + value * value, pending);
    }

    Stat asked() {
        return new Stat(n, sum, squares, pending + 1);
    }

    Stat answered() {
        return new Stat(n, sum, squares, Math.max(0, pending - 1));
    }

    /** Everything so far counts less. */
    Stat times(double factor) {
        return new Stat(n * factor, sum * factor, squares * factor, pending);
    }

    double mean() {
        return n == 0 ? 0 : sum / n;
    }

    /** Of the sum of squared deviations from the mean, never negative. */
    double deviations() {
        return n == 0 ? 0 : Math.max(0, squares - sum * sum / n);
    }

    double variance() {
        return n < 2 ? 0 : deviations() / (n - 1);
    }
}
