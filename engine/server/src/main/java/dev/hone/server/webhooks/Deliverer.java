package dev.hone.server.webhooks;

import dev.hone.engine.ledger.LedgerException;
import dev.hone.server.Settings;
import dev.hone.server.store.Attempt;
import dev.hone.server.store.Message;
import dev.hone.server.store.Messages;
import dev.hone.server.store.Messages.Claimed;
import dev.hone.server.store.Webhooks;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Sends what is due, some messages at a time, in no particular order. What fails is sent again after a time that grows and has
 * chance in it; what a killed node had taken is due again when its lease is over.
 */
@Singleton
public final class Deliverer implements ApplicationEventListener<ServerStartupEvent>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Deliverer.class.getName());

    private static final int AT_A_TIME = 16;
    private static final int GROWTH = 4;
    private static final double JITTER = 0.2;
    private static final int GONE = 410;
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration CLEAN = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(30);

    /** What an attempt that is under way may still take when the server stops; whoever comes next makes it again. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Messages messages;
    private final Webhooks webhooks;
    private final Sender sender;
    private final WebhookSettings settings;

    /** Of a claim: for the attempt itself, and for the database, however slow. */
    private final Duration lease;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final Semaphore calls = new Semaphore(0);
    private volatile boolean closed;

    Deliverer(Messages messages, Webhooks webhooks, Sender sender, WebhookSettings settings, Settings all) {
        this.messages = messages;
        this.webhooks = webhooks;
        this.sender = sender;
        this.settings = settings;
        this.lease = settings.timeout().plus(all.lease().dividedBy(2));
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        threads.execute(this::run);
    }

    /** Lets it look at once. */
    void look() {
        calls.release();
    }

    private void run() {
        Instant cleaned = Instant.EPOCH;
        try {
            while (!closed) {
                boolean more = false;
                try {
                    more = deliver();
                    if (cleaned.plus(CLEAN).isBefore(Instant.now())) {
                        messages.clear(Instant.now().minus(KEPT));
                        cleaned = Instant.now();
                    }
                } catch (LedgerException e) {
                    LOG.log(System.Logger.Level.WARNING, "webhooks wait: {0}", e.getMessage());
                }
                if (!more && calls.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    calls.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there may be more that is due */
    private boolean deliver() throws InterruptedException {
        free.acquire();
        int room = 1 + free.drainPermits();
        List<Claimed> due = List.of();
        try {
            due = closed ? due : messages.claim(room, Instant.now(), lease);
        } finally {
            free.release(room - due.size());
        }
        for (Claimed one : due) {
            threads.execute(() -> {
                try {
                    attempt(one);
                } catch (LedgerException e) {
                    LOG.log(System.Logger.Level.WARNING, "a webhook is sent again: {0}", e.getMessage());
                } finally {
                    free.release();
                }
            });
        }
        return due.size() == room;
    }

    private void attempt(Claimed claimed) {
        Attempt attempt = sender.send(claimed);
        Instant now = Instant.now();
        if (attempt.failure().isEmpty()) {
            messages.report(attempt, Message.State.DELIVERED, now);
            return;
        }
        if (closed) {
            messages.report(attempt, Message.State.PENDING, now);
            return;
        }
        boolean gone = attempt.status().filter(status -> status == GONE).isPresent();
        if (gone) {
            webhooks.change(
                    claimed.webhook().id(),
                    claimed.webhook().url(),
                    claimed.webhook().events(),
                    false);
        }
        messages.report(
                attempt,
                gone || attempt.n() >= settings.attempts() ? Message.State.DEAD : Message.State.PENDING,
                now.plus(pause(attempt.n())));
    }

    /** After an attempt, from 1. */
    private Duration pause(int n) {
        double millis = settings.firstRetry().toMillis() * Math.pow(GROWTH, n - 1.0);
        double chance = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Duration.ofMillis((long) (Math.min(millis, LONGEST.toMillis()) * chance));
    }

    /** Takes no more messages, and leaves what it could not send to whoever comes next. To be called before the engine closes. */
    @Override
    @PreDestroy
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        look();
        try {
            if (!free.tryAcquire(AT_A_TIME, GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.breakOff();
                boolean unused = free.tryAcquire(AT_A_TIME, GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
