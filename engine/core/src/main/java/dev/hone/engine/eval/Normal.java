package dev.hone.engine.eval;

/** The standard normal distribution. */
final class Normal {

    /** Two-sided 95 %. */
    static final double Z95 = 1.959964;

    /** Where the distribution ends as far as a double can tell. */
    private static final double FAR = 8;

    private Normal() {}

    /** The probability of at most {@code x}, by its series (Marsaglia, "Evaluating the normal distribution", 2004). */
    static double cdf(double x) {
        if (x < -FAR || x > FAR) {
            return x < 0 ? 0 : 1;
        }
        double sum = x;
        double term = x;
        for (int i = 3; sum + term != sum; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return Math.clamp(0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI), 0.0, 1.0);
    }

    /** The {@code x} that {@link #cdf} takes to {@code p}, by halving; the ends of the distribution for 0 and 1. */
    static double quantile(double p) {
        double low = -FAR;
        double high = FAR;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (cdf(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
