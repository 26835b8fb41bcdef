package dev.hone.engine.zeebe;

import io.camunda.client.CamundaClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the jobs that we have from being given to others, however long they take.
 *
 * <p>A job is ours for a term, prolonged while it waits or runs. A worker that dies stops prolonging, so its jobs are free again
 * one term later at most; the embedded broker frees them when it starts.
 */
final class Leases implements AutoCloseable {

    private static final int TRIES = 3;
    private static final int LOOKS = 30;
    private static final Duration BACK = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final CamundaClient client;
    private final Duration term;
    private final Map<Long, Lease> held = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("hone-leases").factory());

    Leases(CamundaClient client, Duration term) {
        this.client = client;
        this.term = term;
        long look = term.dividedBy(LOOKS).toMillis();
        var unused = clock.scheduleAtFixedRate(this::renew, look, look, TimeUnit.MILLISECONDS);
    }

    Duration term() {
        return term;
    }

    /** From the moment a job arrives until {@link Lease#close()}. */
    Lease take(long job) {
        Lease lease = new Lease(job);
        held.put(job, lease);
        return lease;
    }

    private void renew() {
        long now = System.nanoTime();
        for (Lease lease : held.values()) {
            if (lease.isHeld() && now - lease.since > term.dividedBy(TRIES).toNanos()) {
                lease.since = now;
                client.newUpdateTimeoutCommand(lease.job).timeout(term).send().exceptionally((Throwable error) -> {
                    if (Commands.notFound(error)) {
                        lease.lost = true;
                        LOG.debug("job {} is gone while we work on it: its instance was cancelled", lease.job);
                    } else {
                        // Two more tries fit into the term.
                        LOG.debug("lease of job {} not prolonged", lease.job, error);
                    }
                    return null;
                });
            }
        }
    }

    /** Waits until nobody works on a job any more, or for so long. */
    void awaitNone(Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (!held.isEmpty() && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Makes the jobs that nobody has begun to work on free for others, now instead of at the end of the term. */
    void giveBackWaiting() {
        held.values().forEach(lease -> lease.interrupt(false));
    }

    /** The same for all jobs; whoever works on one is interrupted. Tries for two seconds and says nothing. */
    void giveBackAll() {
        CompletableFuture.allOf(held.values().stream()
                        .filter(lease -> lease.interrupt(true))
                        .map(Lease::giveBack)
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    final class Lease implements AutoCloseable {
        private final long job;
        private volatile long since = System.nanoTime();
        private volatile boolean lost;
        private boolean left;
        private boolean working;
        private boolean given;
        private @Nullable Thread worker;

        private Lease(long job) {
            this.job = job;
        }

        /** From here to {@link #end()} the calling thread may be interrupted; outside, its outcome is on its way. */
        synchronized void begin() {
            worker = Thread.currentThread();
        }

        /** Whether the calling thread is to work on it, now that it is its turn. */
        synchronized boolean work(boolean closed) {
            working = !closed && !left && !lost;
            return working;
        }

        synchronized void end() {
            worker = null;
        }

        /** Returns whether there was someone to interrupt. @param atWork whether also those that have begun */
        private synchronized boolean interrupt(boolean atWork) {
            if (worker == null || working && !atWork) {
                return false;
            }
            left = true;
            worker.interrupt();
            return true;
        }

        /** Lets others have it now. Once alone: the second time, it would be taken from whoever has it by then. */
        synchronized CompletableFuture<?> giveBack() {
            if (given || lost) {
                return CompletableFuture.completedFuture(null);
            }
            given = true;
            return client.newUpdateTimeoutCommand(job)
                    .timeout(Duration.ofMillis(1))
                    .requestTimeout(BACK)
                    .send()
                    .toCompletableFuture()
                    .handle((done, failed) -> null);
        }

        synchronized boolean isGiven() {
            return given;
        }

        private synchronized boolean isHeld() {
            return !given && !lost;
        }

        @Override
        public void close() {
            held.remove(job, this);
        }
    }
}
