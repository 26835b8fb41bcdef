package dev.hone.engine.ledger;

/**
 * What was spent and what is set aside, in the units of {@link Limits}.
 *
 * @param tokens read and written
 */
public record Spent(long calls, long tokens, long microUsd) {

    public static final Spent NOTHING = new Spent(0, 0, 0);
}
