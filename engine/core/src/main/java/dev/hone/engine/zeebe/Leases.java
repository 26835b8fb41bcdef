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
 * <p>A job is ours for {@link #TERM}, prolonged while it waits or runs. A worker that dies stops prolonging, so its jobs are
 * free again one term later at most; the embedded broker frees them when it starts.
 */
final class Leases implements AutoCloseable {

    static final Duration TERM = Duration.ofSeconds(60);
    private static final Duration RENEW_AFTER = TERM.dividedBy(3);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final CamundaClient client;
    private final Map<Long, Lease> held = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("hone-leases").factory());

    Leases(CamundaClient client) {
        this.client = client;
        var unused = clock.scheduleAtFixedRate(
                this::renew, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
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
            if (!lease.lost && now - lease.since > RENEW_AFTER.toNanos()) {
                lease.since = now;
                client.newUpdateTimeoutCommand(lease.job).timeout(TERM).send().exceptionally((Throwable error) -> {
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

    /**
     * Interrupts whoever works on a job, and makes these jobs free for others now instead of at the end of the term. Tries for
     * two seconds and says nothing.
     */
    void giveBackAll() {
        var sent = held.values().stream()
                .filter(Lease::interrupt)
                .map(lease -> client.newUpdateTimeoutCommand(lease.job)
                        .timeout(Duration.ofMillis(1))
                        .requestTimeout(Duration.ofSeconds(2))
                        .send()
                        .toCompletableFuture()
                        .exceptionally(error -> null))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(sent).join();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    final class Lease implements AutoCloseable {
        private final long job;
        private volatile long since = System.nanoTime();
        private volatile boolean lost;
        private @Nullable Thread worker;

        private Lease(long job) {
            this.job = job;
        }

        /** From here to {@link #end()} the calling thread may be interrupted; outside, its outcome is on its way. */
        synchronized void begin() {
            worker = Thread.currentThread();
        }

        synchronized void end() {
            worker = null;
        }

        /** Returns whether there was someone to interrupt. */
        private synchronized boolean interrupt() {
            if (worker == null) {
                return false;
            }
            worker.interrupt();
            return true;
        }

        /** The job no longer exists: its instance was cancelled, or another took it. */
        boolean lost() {
            return lost;
        }

        @Override
        public void close() {
            held.remove(job, this);
        }
    }
}
