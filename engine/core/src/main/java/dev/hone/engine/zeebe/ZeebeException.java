package dev.hone.engine.zeebe;

import java.net.ConnectException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Zeebe did not do what it was asked. */
public abstract sealed class ZeebeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String fix;

    private ZeebeException(String what, String fix, @Nullable Throwable cause) {
        super(what + " " + fix, cause);
        this.what = what;
        this.fix = fix;
    }

    /** One sentence: what happened, and where. */
    public String what() {
        return what;
    }

    /** One sentence: what to do. */
    public String fix() {
        return fix;
    }

    /** No answer from the gateway, or none that says whether the command was done. */
    public static final class Unreachable extends ZeebeException {
        private static final long serialVersionUID = 1L;
        private final boolean unheard;

        Unreachable(String address, String task, @Nullable Throwable cause) {
            super(
                    "The Zeebe gateway at " + address + " does not answer, asked to " + task + ".",
                    "Check that the broker runs and that the address is its gRPC port (26500 unless configured otherwise),"
                            + " or leave the address out to use the embedded broker.",
                    cause);
            this.unheard = Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                    .anyMatch(ConnectException.class::isInstance);
        }

        /** Whether it is certain that the last try did not get through: there was no connection. */
        public boolean unheard() {
            return unheard;
        }
    }

    /** Zeebe understood and said no: a BPMN it cannot read, a process or an instance that it does not know. */
    public static final class Rejected extends ZeebeException {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        enum Reason {
            NOT_FOUND,
            ALREADY_EXISTS,
            OTHER
        }

        Rejected(String command, Reason reason, String words, Throwable cause) {
            super(
                    "Zeebe refused to " + command + ": " + words + ".",
                    "The broker must be Zeebe 8.5 or newer; report this together with the workflow.",
                    cause);
            this.reason = reason;
        }

        /** Whether the thing named does not exist, or no longer. */
        public boolean notFound() {
            return reason == Reason.NOT_FOUND;
        }

        boolean alreadyExists() {
            return reason == Reason.ALREADY_EXISTS;
        }
    }
}
