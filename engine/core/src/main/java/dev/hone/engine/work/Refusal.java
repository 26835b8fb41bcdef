package dev.hone.engine.work;

/** A reservation that does not fit: nothing was bought, and the rules are told that the budget is exhausted. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param unit calls, tokens or microUsd
     * @param wanted in this unit
     * @param left likewise
     */
    Refusal(String unit, long wanted, long left) {
        super("the budget has " + left + " " + unit + " left, and the next call may need " + wanted);
    }
}
