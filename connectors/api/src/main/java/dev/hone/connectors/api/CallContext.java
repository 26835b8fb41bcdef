package dev.hone.connectors.api;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who asks, and within which limits.
 *
 * @param run the run's id
 * @param element the id of the step that asks
 * @param iteration where in the nested maps and loops, for example {@code drafts=2/search=7}; empty at the top
 * @param attempt 1 for the first try of this step in this iteration
 * @param seed of all randomness of this call: the same in every repetition of the same run
 * @param timeout how long the call may take
 * @param cancellation told when the run is cancelled
 * @param listener told what a model writes while it writes it, where anybody wants to know; calls it in order, from any thread
 */
public record CallContext(
        String run,
        String element,
        String iteration,
        int attempt,
        long seed,
        Duration timeout,
        Cancellation cancellation,
        Optional<Consumer<String>> listener) {

    /** Of a call that nobody listens to. */
    public CallContext(
            String run,
            String element,
            String iteration,
            int attempt,
            long seed,
            Duration timeout,
            Cancellation cancellation) {
        this(run, element, iteration, attempt, seed, timeout, cancellation, Optional.empty());
    }

    public CallContext withListener(Consumer<String> told) {
        return new CallContext(run, element, iteration, attempt, seed, timeout, cancellation, Optional.of(told));
    }

    /** A context for a call outside any run, as tests and command-line probes make it. */
    public static CallContext standalone(long seed) {
        return new CallContext("none", "none", "", 1, seed, Duration.ofMinutes(1), new Cancellation());
    }
}
