package dev.hone.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.NewEvent;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.Runs;
import dev.hone.engine.zeebe.Zeebe;
import dev.hone.engine.zeebe.ZeebeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The process instances of runs. A run that goes on has one, whoever begins it at the same time. */
final class Instances {

    private final Ledger ledger;
    private final Zeebe zeebe;
    private final Programs programs;
    private final Runs runs;
    private final Map<Long, String> runOf = new ConcurrentHashMap<>();
    /** Of runs that get an instance at the moment. */
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    Instances(Ledger ledger, Zeebe zeebe, Programs programs, Runs runs) {
        this.ledger = ledger;
        this.zeebe = zeebe;
        this.programs = programs;
        this.runs = runs;
    }

    /** The key of the instance that a run has now. */
    Optional<Long> of(String run) {
        return History.instance(ledger.events(run, 0, Integer.MAX_VALUE));
    }

    /** The run of an instance that this process has begun or was told of, while the run goes on. */
    Optional<String> run(long instance) {
        return Optional.ofNullable(runOf.get(instance));
    }

    /** Tells of a run that another process has begun. */
    void know(String run) {
        of(run).ifPresent(instance -> runOf.put(instance, run));
    }

    /** Lets go of a run that has ended. */
    void forget(String run) {
        runOf.values().removeIf(run::equals);
    }

    /** Of those who begin or stop the same run at the same time in this process, one does. */
    <T> T alone(String run, Supplier<T> work) {
        ReentrantLock turn = turns.computeIfAbsent(run, r -> new ReentrantLock());
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
            turns.remove(run, turn);
        }
    }

    /** Gives a run that has none its first instance. @param program its hash */
    void begin(String run, String program) {
        if (of(run).isEmpty() && History.result(ledger, run).isEmpty()) {
            start(run, program, runs.generation(run));
        }
    }

    /**
     * Gives a run a new instance.
     *
     * @param program its hash
     * @throws ZeebeException.Unreachable at once when the broker does not answer. Where it is certain that it has not heard of
     *     the run, anybody may claim that one
     */
    void start(String run, String program, int generation) {
        try {
            create(run, program, generation);
        } catch (ZeebeException.Unreachable e) {
            if (e.unheard()) {
                ledger.unclaim(run);
            }
            throw e;
        }
    }

    private void create(String run, String program, int generation) {
        ObjectNode variables = Json.object().put(Program.RUN, run).put(Program.ENGINE, ledger.id());
        runs.wallTime(run).ifPresent(seconds -> variables.put(Program.WALL_TIME, "PT" + seconds + "S"));
        long instance = zeebe.start(programs.define(programs.program(program), Duration.ZERO), variables.toString());
        runOf.put(instance, run);
        ObjectNode started = Json.object().put("instance", instance);
        runs.promoted(run)
                .forEach((slot, version) -> started.withObject("/promoted").put(slot, version));
        boolean first =
                ledger.append(run, new NewEvent("run", "", generation, EventKind.RUN_STARTED, started.toString()));
        if (!first || History.result(ledger, run).isPresent()) {
            zeebe.cancel(instance); // another process has started it meanwhile, or it has ended
        }
    }

    void cancel(String run) {
        of(run).ifPresent(zeebe::cancel);
    }
}
