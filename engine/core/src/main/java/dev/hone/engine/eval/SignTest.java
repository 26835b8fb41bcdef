package dev.hone.engine.eval;

/** The exact two-sided sign test (Dixon and Mood, "The statistical sign test", 1946). */
public final class SignTest {

    private static final double LN2 = Math.log(2);

    private SignTest() {}

    /**
     * How often chance alone splits {@code a + b} differences at least as unevenly; 1 when there are none.
     *
     * @param a differences one way, at least 0
     * @param b differences the other way, at least 0
     */
    public static double p(int a, int b) {
        int n = a + b;
        double tail = 0;
        double logWays = 0; // of n choose k: the number itself is past a double's range for n > 1029
        for (int k = 0; k <= Math.min(a, b); k++) {
            tail += Math.exp(logWays - n * LN2);
            logWays += Math.log((double) (n - k) / (k + 1));
        }
        return Math.min(1, 2 * tail);
    }
}
