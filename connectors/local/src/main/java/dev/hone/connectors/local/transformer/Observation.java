package dev.hone.connectors.local.transformer;

import dev.hone.connectors.local.listprog.Digits;
import dev.hone.connectors.local.listprog.Example;

/**
 * One example of a task, with what a draft made of it. Lists are packed (see {@link Digits}).
 *
 * @param got the draft's output; empty when unseen
 */
public record Observation(int in, int want, int got, Outcome outcome) {

    /** What is known of the draft on this example. */
    public enum Outcome {
        WRONG,
        RIGHT,
        UNSEEN
    }

    /** An example of which no draft's output is known. */
    public static Observation unseen(Example example) {
        return new Observation(example.in(), example.out(), Digits.EMPTY, Outcome.UNSEEN);
    }

    public static Observation seen(Example example, int got) {
        return new Observation(example.in(), example.out(), got, got == example.out() ? Outcome.RIGHT : Outcome.WRONG);
    }
}
