package dev.hone.engine.zeebe;

import java.time.Duration;

/** What became of a job; becomes one command to Zeebe. */
public sealed interface Outcome {

    /** @param variables a JSON object as text, merged into the instance as the output mappings say */
    record Done(String variables) implements Outcome {}

    /**
     * To be handed out again later.
     *
     * @param retriesLeft at least 1: at 0 Zeebe would raise an incident that nobody is told of over gRPC
     */
    record Retry(Duration after, String message, int retriesLeft) implements Outcome {
        public Retry {
            if (retriesLeft < 1) {
                throw new IllegalArgumentException(
                        "Retry with " + retriesLeft + " retries left: end the step with Raise instead");
            }
        }
    }

    /** A BPMN error, for the boundary event or event sub-process that catches {@code errorCode}. */
    record Raise(String errorCode, String message, String variables) implements Outcome {
        public Raise(String errorCode, String message) {
            this(errorCode, message, "{}");
        }
    }

    static Outcome done() {
        return new Done("{}");
    }
}
