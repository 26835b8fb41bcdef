package dev.hone.engine.eval;

/**
 * How far the check that a loop sees can be trusted, by the sealed one that it does not see.
 *
 * @param passed passes both
 * @param falsely passes the visible check, fails the sealed one
 * @param overlooked fails the visible check, passes the sealed one
 * @param failed fails both
 */
public record FalsePasses(int passed, int falsely, int overlooked, int failed) {

    public static final FalsePasses NONE = new FalsePasses(0, 0, 0, 0);

    /** One result. */
    public static FalsePasses of(boolean visible, boolean sealed) {
        return visible
                ? sealed ? new FalsePasses(1, 0, 0, 0) : new FalsePasses(0, 1, 0, 0)
                : sealed ? new FalsePasses(0, 0, 1, 0) : new FalsePasses(0, 0, 0, 1);
    }

    public FalsePasses and(FalsePasses other) {
        return new FalsePasses(
                passed + other.passed, falsely + other.falsely, overlooked + other.overlooked, failed + other.failed);
    }

    /** Of the results that pass the visible check, those that fail the sealed one. */
    public Rate rate() {
        return new Rate(falsely, passed + falsely);
    }
}
