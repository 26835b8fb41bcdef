package dev.hone.engine.policy;

/** A setting that a policy does not have, or a value outside its range. */
public final class BadSetting extends Exception {

    private static final long serialVersionUID = 1L;

    private final String name;

    public BadSetting(String name, String message) {
        super(message);
        this.name = name;
    }

    /** The setting. */
    public String name() {
        return name;
    }
}
