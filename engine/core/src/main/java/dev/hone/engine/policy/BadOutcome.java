package dev.hone.engine.policy;

/** An outcome that a policy cannot learn from; the message names the value. */
public final class BadOutcome extends Exception {

    private static final long serialVersionUID = 1L;

    public BadOutcome(String message) {
        super(message);
    }
}
