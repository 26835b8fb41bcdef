package dev.hone.engine.policy;

/** There is no option that a policy could choose. */
public final class NothingToChoose extends Exception {

    private static final long serialVersionUID = 1L;

    public NothingToChoose(String message) {
        super(message);
    }
}
