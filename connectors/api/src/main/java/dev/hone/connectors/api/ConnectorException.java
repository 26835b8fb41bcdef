package dev.hone.connectors.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operation that could not be performed: what happened, what to do, and what the engine will do about it. */
public final class ConnectorException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * What the engine does: {@link #BUSY}, {@link #UNREACHABLE} and {@link #LOST} are tried again, everything else ends the
     * step. What was {@link #LOST} counts as spent.
     */
    public enum Kind {
        /** The input cannot be used as it is: the workflow or its data must change. */
        BAD_INPUT,
        /** The other side refused who we are (401, 403, a missing key). */
        DENIED,
        /** The thing named does not exist there (404, an unknown model). */
        UNKNOWN,
        /** The other side asks to come back later (429, 503). */
        BUSY,
        /** The request was not sent: connection refused, name unknown. */
        UNREACHABLE,
        /** The connection broke after the request was sent: whether it was performed is not known. */
        LOST,
        /** Took longer than the context's timeout. */
        TIMEOUT,
        /** The run was cancelled. */
        CANCELLED,
        /** An answer that makes no sense, or a defect. */
        BROKEN;

        public boolean retryable() {
            return this == BUSY || this == UNREACHABLE || this == LOST;
        }
    }

    private final Kind kind;
    private final String fix;
    private final transient @Nullable Duration retryAfter;

    /**
     * @param what one sentence: what happened, with the value or address concerned; never a secret
     * @param fix one sentence: what the reader can do about it
     */
    public ConnectorException(Kind kind, String what, String fix) {
        this(kind, what, fix, null, null);
    }

    public ConnectorException(
            Kind kind, String what, String fix, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(what, cause);
        this.kind = kind;
        this.fix = fix;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String fix() {
        return fix;
    }

    /** How long the other side asks us to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
