package dev.hone.eval;

import dev.hone.dsl.Workflow.Control;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Sha256;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Controls;
import dev.hone.engine.ledger.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Runs trials: every arm on the same tasks with the same seeds, and for independent samples as many calls as the workflow
 * made on that task with that seed. Runs that earlier processes started are taken as they are, or go on.
 */
public final class Runner {

    /** The critiques of this many other tasks are shuffled into a task. */
    private static final int DONORS = 3;

    /** Is told of runs, from any thread. */
    public interface Watcher {

        /** A run is there, started now or before. */
        void started(Unit unit, String run);

        /** @param fresh whether it was not there already, ended, when the runner began */
        void ended(Unit unit, RunResult result, boolean fresh);
    }

    private final Engine engine;
    private final Trials trials;
    private final Map<String, RunRecord> known;
    private final boolean retry;
    private final Watcher watcher;
    private final Map<Unit, RunResult> results = new ConcurrentHashMap<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** @param retry whether earlier runs that ended with a problem go on */
    public Runner(Engine engine, Trials trials, Known known, boolean retry, Watcher watcher) {
        this.engine = engine;
        this.trials = trials;
        this.known = known.runs();
        this.retry = retry;
        this.watcher = watcher;
    }

    /** Runs one of the trials before the others. */
    public void first(Unit unit) throws InterruptedException {
        engine.deploy(unit.arm().program(), unit.arm().source());
        one(unit);
    }

    /**
     * Runs what is missing. An interrupt ends the waiting alone: runs that are under way go on, and are found again.
     *
     * @return what has ended: all, unless it was cancelled
     */
    public Map<Unit, RunResult> run() throws InterruptedException {
        trials.arms().forEach(arm -> engine.deploy(arm.program(), arm.source()));
        all(trials.lanes(List.of(trials.workflow())));
        all(trials.lanes(trials.arms().stream().filter(arm -> !arm.isWorkflow()).toList()));
        return Map.copyOf(results);
    }

    /** Breaks off what is under way and starts nothing more; what was made is kept. */
    public void cancel() {
        cancelled = true;
        active.forEach(engine::cancel);
    }

    /** Whether somebody broke it off. */
    public boolean isCancelled() {
        return cancelled;
    }

    private void all(List<List<Unit>> lanes) throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(
                trials.parallel(), Thread.ofVirtual().factory())) {
            List<Future<?>> futures = new ArrayList<>();
            for (List<Unit> lane : lanes) {
                futures.add(pool.submit(() -> {
                    for (Unit unit : lane) {
                        one(unit);
                    }
                    return lane;
                }));
            }
            try {
                for (Future<?> future : futures) {
                    Object unused = future.get();
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                throw e;
            } catch (ExecutionException e) {
                cancelled = true; // what is under way comes to its end, and nothing more begins
                if (e.getCause() instanceof EngineException problem) {
                    throw problem;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void one(Unit unit) throws InterruptedException {
        if (cancelled || results.containsKey(unit)) {
            return;
        }
        RunRecord before = known.get(unit.place());
        Optional<RunResult> end = before == null ? Optional.empty() : engine.result(before.id());
        boolean fresh = end.filter(result -> !endedEarly(result)).isEmpty();
        String run;
        if (before == null) {
            run = engine.start(unit.arm().program(), request(unit));
        } else {
            run = before.id();
            if (fresh && end.isPresent()) {
                engine.resume(run);
            }
        }
        active.add(run);
        if (cancelled) {
            engine.cancel(run);
        }
        watcher.started(unit, run);
        RunResult result = engine.await(run);
        active.remove(run);
        results.put(unit, result);
        watcher.ended(unit, result, fresh);
    }

    /** Whether a run ended in a way that it goes on from now. */
    private boolean endedEarly(RunResult result) {
        return result.stop().kind() == StopReason.Kind.CANCELLED
                || retry && result.stop().kind() == StopReason.Kind.PROBLEM;
    }

    private RunRequest request(Unit unit) {
        RunRequest request = unit.arm()
                .request(trials.request())
                .withInputs(trials.tasks().get(unit.task()))
                .withSeed(unit.runSeed(trials.request().seed()))
                .withLabels(Known.labels(trials.id(), unit))
                .withRealm(trials.realm(unit))
                .withKey(key(unit));
        if (unit.arm().control().isEmpty()) {
            return request;
        }
        Control.Kind control = unit.arm().control().get();
        return switch (control) {
            case SINGLE_SAMPLE -> request.withParam(Controls.SAMPLES, 1);
            case IID_SAME_BUDGET ->
                request.withParam(
                        Controls.SAMPLES,
                        Math.max(1, workflowOn(unit, unit.task()).spent().calls()));
            case SHUFFLED_FEEDBACK -> request.withFeedbackFrom(donors(unit));
            case CONSTANT_FEEDBACK, NO_MEMORY, LENGTH_ONLY -> request.withControl(control);
        };
    }

    /** The same in every process, so that two that run the same trials have one run of a unit. */
    private String key(Unit unit) {
        return "trial " + Sha256.of(trials.id(), unit.place()).substring(0, 40);
    }

    /** The run of the workflow on a task with the same seed, which has ended by then. */
    private RunResult workflowOn(Unit unit, int task) {
        return Objects.requireNonNull(results.get(new Unit(trials.workflow(), unit.seed(), task)));
    }

    private List<String> donors(Unit unit) {
        int tasks = trials.tasks().size();
        return IntStream.rangeClosed(1, Math.min(DONORS, tasks - 1))
                .mapToObj(step -> workflowOn(unit, (unit.task() + step) % tasks).run())
                .toList();
    }
}
