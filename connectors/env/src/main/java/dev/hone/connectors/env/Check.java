package dev.hone.connectors.env;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses what an environment cannot be made of or go on with. */
final class Check {

    private Check() {}

    static ConnectorException bad(String what, String fix) {
        return new ConnectorException(Kind.BAD_INPUT, what, fix);
    }

    /** @throws ConnectorException of kind BAD_INPUT when a part of the input was left out */
    static <T> T present(String name, @Nullable T value) throws ConnectorException {
        if (value == null) {
            throw bad("there is no " + name, "give one");
        }
        return value;
    }

    static int whole(String name, Optional<Integer> given, int absent, int least, int most) throws ConnectorException {
        int value = given.orElse(absent);
        if (value < least || value > most) {
            throw bad(name + " is " + value, "give a whole number from " + least + " to " + most);
        }
        return value;
    }

    static double number(String name, Optional<Double> given, double absent, double least, double most)
            throws ConnectorException {
        double value = given.orElse(absent);
        if (!(value >= least && value <= most)) {
            throw bad(name + " is " + value, "give a number from " + least + " to " + most);
        }
        return value;
    }

    /** Ends a long computation that nobody waits for any more. */
    static final class Watch {

        private final CallContext context;
        private final long start = System.nanoTime();

        Watch(CallContext context) {
            this.context = context;
        }

        /** @throws ConnectorException of kind CANCELLED or TIMEOUT when it is to end */
        void look() throws ConnectorException {
            if (context.cancellation().cancelled()) {
                throw new ConnectorException(Kind.CANCELLED, "the run was cancelled", "start it again");
            }
            if (System.nanoTime() - start >= context.timeout().toNanos()) {
                throw new ConnectorException(
                        Kind.TIMEOUT,
                        "the episodes took longer than " + context.timeout(),
                        "ask for fewer or shorter episodes");
            }
        }
    }
}
