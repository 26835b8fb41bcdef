package dev.hone.engine.eval;

/**
 * How often something happened.
 *
 * @param hits at most {@code trials}
 */
public record Rate(int hits, int trials) {

    /** @throws IllegalArgumentException unless {@code 0 <= hits <= trials} */
    public Rate {
        if (hits < 0 || hits > trials) {
            throw new IllegalArgumentException(hits + " hits of " + trials + " trials");
        }
    }

    /** Two-sided 95 % (Wilson); 0 to 1 without trials. Too narrow when trials depend on each other. */
    public Interval interval() {
        return Wilson.interval(hits, trials);
    }
}
