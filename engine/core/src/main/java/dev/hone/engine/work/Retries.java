package dev.hone.engine.work;

import dev.hone.connectors.api.ConnectorException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Whether and when what failed is tried again. */
final class Retries {

    /** How often something is tried, the first time included. */
    static final int ATTEMPTS = 4;

    /** A server that asks for a longer pause is not waited for. */
    static final Duration PATIENCE = Duration.ofMinutes(15);

    /** The same, when another model stands by. */
    static final Duration PATIENCE_WITH_FALLBACK = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private Retries() {}

    /**
     * The pause before the next try; empty when there is none. It doubles from try to try and is never shorter than what the
     * server asks for. Up to a fifth is added by chance, so that calls that failed together do not come together again.
     *
     * @param tries how many have failed
     */
    static Optional<Duration> pause(ConnectorException e, int tries, Duration patience, RandomGenerator random) {
        Duration asked = e.retryAfter().orElse(Duration.ZERO);
        if (!e.kind().retryable() || tries >= ATTEMPTS || asked.compareTo(patience) > 0) {
            return Optional.empty();
        }
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << (tries - 1));
        Duration least = asked.compareTo(doubled) > 0 ? asked : doubled;
        return Optional.of(scattered(least, random));
    }

    static Duration scattered(Duration least, RandomGenerator random) {
        return least.plusMillis(random.nextLong(least.toMillis() / 5 + 1));
    }
}
