package dev.hone.dsl.feel;

/** An expression that has no value for the names it was given. The message is one sentence. */
public final class FeelFailure extends Exception {

    private static final long serialVersionUID = 1L;

    FeelFailure(String message) {
        super(message);
    }
}
