package dev.hone.server.evals;

import dev.hone.engine.Engine;
import dev.hone.server.Settings;
import dev.hone.server.store.EvalJob;
import dev.hone.server.store.EvalJobs;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Works on evaluations that no other node works on, from the start of this one to its end. */
@Singleton
public final class EvalNode implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EvalNode.class.getName());

    private static final long ROUND = 1_000;

    /** One at work, and its thread. */
    private record Working(EvalRun run, Thread thread) {}

    private final Engine engine;
    private final EvalJobs jobs;
    private final int atOnce;
    private final Duration lease;
    private final String id = UUID.randomUUID().toString();
    private final Semaphore wake = new Semaphore(0);
    private final List<Working> working = new ArrayList<>();
    private final Thread loop = Thread.ofVirtual().name("hone-evals").unstarted(this::loop);

    EvalNode(Engine engine, EvalJobs jobs, EvalSettings settings, Settings all) {
        this.engine = engine;
        this.jobs = jobs;
        this.atOnce = settings.atOnce();
        this.lease = all.lease().dividedBy(2);
    }

    @EventListener
    void start(ServerStartupEvent started) {
        jobs.freeAll();
        loop.start();
    }

    /** There is something new to do, perhaps. */
    void wake() {
        wake.release();
    }

    private void loop() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                working.removeIf(one -> one.run().ended());
                working.forEach(one -> one.run().tend(lease));
                take();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "no evaluation is taken at the moment: " + e.getMessage());
            }
            try {
                boolean ignored = wake.tryAcquire(ROUND, TimeUnit.MILLISECONDS);
                wake.drainPermits();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        working.forEach(one -> one.run().leave());
        working.forEach(EvalNode::join);
    }

    private void take() {
        while (working.size() < atOnce) {
            Optional<EvalJob> free = jobs.claim(id, Instant.now(), lease);
            if (free.isEmpty()) {
                return;
            }
            EvalRun run = new EvalRun(engine, jobs, id, free.get());
            working.add(new Working(
                    run, Thread.ofVirtual().name("hone-eval-" + free.get().id()).start(run)));
        }
    }

    private static void join(Working one) {
        boolean interrupted = Thread.interrupted();
        try {
            boolean unused = one.thread().join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves what it works on to whoever comes next. To be called before the engine closes. */
    @Override
    @PreDestroy
    public void close() {
        loop.interrupt();
        try {
            loop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
