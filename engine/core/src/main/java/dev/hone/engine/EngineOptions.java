package dev.hone.engine;

import dev.hone.dsl.Prices;
import dev.hone.dsl.RateLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where an engine keeps its things, and what it takes.
 *
 * @param dataDir holds the ledger and, when the broker is embedded, the broker's log; one engine at a time
 * @param gateway the address of a Zeebe gateway, for example {@code http://localhost:26500}; empty for the embedded broker
 * @param workers how many jobs are worked on at a time
 * @param trusted whether workflows may have rules in DRL, which are code that can do anything that this process can
 * @param prices what models cost
 * @param limits how much may be asked of model providers, by all runs together
 * @param callTimeout how long a call of a model or a tool may take
 */
public record EngineOptions(
        Path dataDir,
        Optional<URI> gateway,
        int workers,
        boolean trusted,
        Prices prices,
        RateLimits limits,
        Duration callTimeout) {

    private static final int WORKERS = 256;
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(10);

    public EngineOptions {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, not " + workers);
        }
        if (!callTimeout.isPositive()) {
            throw new IllegalArgumentException("callTimeout must be longer than " + callTimeout);
        }
    }

    /** An embedded broker and a ledger in one directory; no rules that are code. */
    public static EngineOptions at(Path dataDir) {
        return new EngineOptions(
                dataDir, Optional.empty(), WORKERS, false, PriceLists.shipped(), RateLimits.NONE, CALL_TIMEOUT);
    }

    /** A ledger in a directory, and a Zeebe cluster that runs elsewhere. */
    public EngineOptions withGateway(URI address) {
        return new EngineOptions(dataDir, Optional.of(address), workers, trusted, prices, limits, callTimeout);
    }

    /** Takes rules in DRL: for those who know every workflow that the engine will get. */
    public EngineOptions trusting() {
        return new EngineOptions(dataDir, gateway, workers, true, prices, limits, callTimeout);
    }

    /** With other prices, for example {@link PriceLists#withOwn}. */
    public EngineOptions withPrices(Prices prices) {
        return new EngineOptions(dataDir, gateway, workers, trusted, prices, limits, callTimeout);
    }

    public EngineOptions withLimits(RateLimits limits) {
        return new EngineOptions(dataDir, gateway, workers, trusted, prices, limits, callTimeout);
    }

    public EngineOptions withCallTimeout(Duration callTimeout) {
        return new EngineOptions(dataDir, gateway, workers, trusted, prices, limits, callTimeout);
    }
}
