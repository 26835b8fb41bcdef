package dev.hone.engine.work;

import dev.hone.dsl.RateLimits;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the calls to one server within its limits, for all runs of an engine. Who has to wait longer than a moment gives the
 * job back meanwhile, so that waiting calls hold neither a lease nor a reservation.
 */
final class Throttle {

    /** How long a call waits here for another to end. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    /** When a call comes again that found no room. */
    private static final Duration NO_ROOM = Duration.ofSeconds(1);

    private final String server;
    private final InstantSource clock;
    private final Optional<Semaphore> room;
    private final Optional<Bucket> requests;
    private final Optional<Bucket> tokens;
    private final long mostTokens;
    private volatile long closedUntilMillis;

    /** @param server as messages name it */
    Throttle(String server, RateLimits.Limit limit, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        this.room = limit.concurrent().isPresent()
                ? Optional.of(new Semaphore(limit.concurrent().getAsInt(), true))
                : Optional.empty();
        this.requests = bucket(limit.requests(), clock);
        this.tokens = bucket(limit.tokens(), clock);
        this.mostTokens = limit.tokens().orElse(0);
    }

    private static Optional<Bucket> bucket(OptionalInt aMinute, InstantSource clock) {
        return aMinute.isPresent()
                ? Optional.of(Bucket.builder()
                        .withCustomTimePrecision(new Milliseconds(clock))
                        .addLimit(limit -> limit.capacity(aMinute.getAsInt())
                                .refillGreedy(aMinute.getAsInt(), Duration.ofMinutes(1)))
                        .build())
                : Optional.empty();
    }

    private record Milliseconds(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    /** A call under way. */
    final class Pass implements AutoCloseable {
        private final long reserved;

        private Pass(long reserved) {
            this.reserved = reserved;
        }

        /** Gives back what the call was allowed for and did not use. */
        void used(long really) {
            if (really < reserved) {
                tokens.ifPresent(bucket -> bucket.addTokens(reserved - really));
            }
        }

        @Override
        public void close() {
            room.ifPresent(Semaphore::release);
        }
    }

    /**
     * Lets a call in.
     *
     * @param most the tokens that it may use; one that alone is over the limit waits for the whole limit
     * @throws Postponed when it is not its time yet
     */
    Pass enter(long most) {
        long closed = closedUntilMillis - clock.millis();
        if (closed > 0) {
            throw new Postponed(Duration.ofMillis(closed), server + " asked to come back later");
        }
        if (room.isPresent() && !entered(room.get())) {
            throw new Postponed(NO_ROOM, server + " has as many calls as it may have at a time");
        }
        long reserved = Math.min(most, mostTokens);
        try {
            take(requests, 1, "requests");
            try {
                take(tokens, reserved, "tokens");
            } catch (Postponed e) {
                requests.ifPresent(bucket -> bucket.addTokens(1));
                throw e;
            }
        } catch (Postponed e) {
            room.ifPresent(Semaphore::release);
            throw e;
        }
        return new Pass(reserved);
    }

    /** Lets nobody in for this long, within patience: the server said so to one call, and means all. */
    void close(Duration pause) {
        long until = clock.millis() + Math.min(pause.toMillis(), Retries.PATIENCE.toMillis());
        synchronized (this) {
            closedUntilMillis = Math.max(closedUntilMillis, until);
        }
    }

    private static boolean entered(Semaphore room) {
        try {
            return room.tryAcquire(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void take(Optional<Bucket> bucket, long amount, String what) {
        if (bucket.isEmpty()) {
            return;
        }
        var probe = bucket.get().tryConsumeAndReturnRemaining(Math.max(1, amount));
        if (!probe.isConsumed()) {
            throw new Postponed(
                    Duration.ofNanos(probe.getNanosToWaitForRefill()),
                    server + " has had as many " + what + " as it may have in a minute");
        }
    }
}
