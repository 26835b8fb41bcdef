package dev.hone.engine;

import dev.hone.dsl.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Those who wait in this process for runs to end. */
final class Endings {

    private final Map<String, CompletableFuture<RunResult>> awaited = new ConcurrentHashMap<>();
    /** Why no run can go on at the moment. */
    private volatile @Nullable Problem halted;

    /**
     * Completes when the run has ended; with a problem when it cannot go on in this process.
     *
     * @param kept asks the ledger for an end that nobody tells of any more
     */
    CompletableFuture<RunResult> of(String run, Supplier<Optional<RunResult>> kept) {
        CompletableFuture<RunResult> ending = awaited.computeIfAbsent(run, r -> new CompletableFuture<>());
        kept.get().ifPresent(result -> ended(run, result));
        Problem now = halted;
        if (now != null) {
            broken(run, now);
        }
        return ending;
    }

    void ended(String run, RunResult result) {
        CompletableFuture<RunResult> ending = awaited.remove(run); // whoever asks from now on reads it
        if (ending != null) {
            ending.complete(result);
        }
    }

    /** Whoever asks again asks anew: the run may have gone on meanwhile. */
    void broken(String run, Problem problem) {
        CompletableFuture<RunResult> ending = awaited.remove(run);
        if (ending != null) {
            ending.completeExceptionally(new EngineException(List.of(problem)));
        }
    }

    /** Lets those who ask from now on wait for another end of a run that goes on again. */
    void renew(String run) {
        awaited.remove(run);
    }

    boolean awaits(String run) {
        return awaited.containsKey(run);
    }

    Set<String> awaited() {
        return Set.copyOf(awaited.keySet());
    }

    /** No run goes on for now. */
    void halt(Problem problem) {
        halted = problem;
        awaited().forEach(run -> broken(run, problem));
    }

    /** Runs go on again. */
    void goOn() {
        halted = null;
    }

    @Nullable
    Problem halted() {
        return halted;
    }
}
