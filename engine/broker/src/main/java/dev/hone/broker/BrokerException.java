package dev.hone.broker;

import org.jspecify.annotations.Nullable;

/** The broker could not be started or kept: what happened and where, and what to do about it. */
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Kind {
        /** Another living process owns the data directory. */
        DIRECTORY_IN_USE,
        /** Not enough room where the data or the cache lies. */
        DISK_FULL,
        /** The data or cache directory cannot be read or written. */
        NOT_WRITABLE,
        /** The broker did not come up; its log says why. */
        NOT_STARTED
    }

    private final Kind kind;
    private final String what;
    private final String fix;

    BrokerException(Kind kind, String what, String fix, @Nullable Throwable cause) {
        super(what + " " + fix, cause);
        this.kind = kind;
        this.what = what;
        this.fix = fix;
    }

    BrokerException(Kind kind, String what, String fix) {
        this(kind, what, fix, null);
    }

    public Kind kind() {
        return kind;
    }

    /** One sentence: what happened, and where. */
    public String what() {
        return what;
    }

    /** One sentence: what to do. */
    public String fix() {
        return fix;
    }
}
