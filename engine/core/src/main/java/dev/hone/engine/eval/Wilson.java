package dev.hone.engine.eval;

/** The score interval of a rate (Wilson, "Probable inference, the law of succession, and statistical inference", 1927). */
public final class Wilson {

    private Wilson() {}

    /**
     * The two-sided 95 % interval after {@code hits} of {@code n} independent trials; everything from 0 to 1 after none.
     *
     * @throws IllegalArgumentException unless {@code 0 <= hits <= n}
     */
    public static Interval interval(int hits, int n) {
        if (hits < 0 || hits > n) {
            throw new IllegalArgumentException(hits + " hits of " + n + " trials");
        }
        if (n == 0) {
            return new Interval(0, 1);
        }
        double p = (double) hits / n;
        double z2 = Normal.Z95 * Normal.Z95;
        double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
        double half = Normal.Z95 / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }
}
