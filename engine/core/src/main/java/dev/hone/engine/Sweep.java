package dev.hone.engine;

import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Runs;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does what other processes ended in the middle of: begins runs that were kept and not begun, and delivers answers. */
final class Sweep {

    private static final System.Logger LOG = System.getLogger(Sweep.class.getName());

    /** After that time, whoever made a run and has not started it is taken for dead. */
    private static final Duration STARTED_BY_NOW = Duration.ofSeconds(30);

    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Runs runs;
    private final Instances instances;
    private final People people;
    private final CountDownLatch closed;

    /** @param closed opens when nothing is to be done any longer */
    Sweep(Ledger ledger, Runs runs, Instances instances, People people, CountDownLatch closed) {
        this.ledger = ledger;
        this.runs = runs;
        this.instances = instances;
        this.people = people;
        this.closed = closed;
    }

    /** Does it once, and from then on now and then. */
    void begin() {
        // Nobody else can be about to start a run of a directory that is ours.
        goOn(ledger.database().shared() ? STARTED_BY_NOW : Duration.ZERO);
        Thread.ofVirtual().name("hone-sweep").start(this::again);
    }

    private void again() {
        try {
            for (boolean failing = false; !closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS); ) {
                try {
                    goOn(STARTED_BY_NOW);
                    failing = false;
                } catch (RuntimeException e) {
                    if (!failing && closed.getCount() > 0) {
                        LOG.log(System.Logger.Level.WARNING, "what others left is not gone on with, for now", e);
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void goOn(Duration age) {
        Deque<RunRecord> left = new ArrayDeque<>(ledger.claimUnstarted(age));
        try {
            while (!left.isEmpty()) {
                start(left.poll());
            }
        } finally { // when the broker is away again
            left.forEach(run -> ledger.unclaim(run.id()));
        }
        ledger.withAnswers().forEach(people::deliver);
    }

    /** A run whose program this engine does not take waits for one that does. */
    private void start(RunRecord run) {
        try {
            instances.start(run.id(), run.program(), runs.generation(run.id()));
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.WARNING, "run {0} does not go on: {1}", run.id(), e.getMessage());
        }
    }
}
