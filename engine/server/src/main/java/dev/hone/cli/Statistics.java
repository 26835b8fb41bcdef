package dev.hone.cli;

/** What a few cases can and cannot show. */
final class Statistics {

    /** Two-sided 95 %. */
    private static final double Z = 1.959964;

    private Statistics() {}

    /** @param low at least 0 @param high at most 1 */
    record Interval(double low, double high) {}

    /**
     * The 95 % interval of a rate after {@code hits} of {@code n} trials (Wilson, "Probable inference, the law of
     * succession, and statistical inference", 1927).
     */
    static Interval wilson(int hits, int n) {
        if (n == 0) {
            return new Interval(0, 1);
        }
        double p = (double) hits / n;
        double z2 = Z * Z;
        double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    /** How often chance alone splits {@code a + b} differences at least as unevenly: the exact two-sided sign test. */
    static double signTest(int a, int b) {
        int n = a + b;
        double tail = 0;
        double ways = 1; // n choose k
        for (int k = 0; k <= Math.min(a, b); k++) {
            tail += ways;
            ways = ways * (n - k) / (k + 1);
        }
        return Math.min(1, 2 * tail / Math.pow(2, n));
    }
}
