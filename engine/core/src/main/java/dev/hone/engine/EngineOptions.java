package dev.hone.engine;

import dev.hone.dsl.Prices;
import dev.hone.dsl.RateLimits;
import dev.hone.engine.ledger.Companion;
import dev.hone.engine.ledger.DatabaseAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an engine keeps its things, and what it takes.
 *
 * @param dataDir holds the ledger, unless that is in a database elsewhere, and the log of an embedded broker; one engine at a
 *     time where it holds any of them
 * @param database the PostgreSQL database that the ledger is in; engines on one database and one gateway share their runs.
 *     Empty for the data directory
 * @param gateway the address of a Zeebe gateway, for example {@code http://localhost:26500}; empty for the embedded broker
 * @param workers how many jobs are worked on at a time
 * @param trusted whether workflows may have rules in DRL, which are code that can do anything that this process can
 * @param prices what models cost
 * @param limits how much may be asked of model providers, by all runs together
 * @param callTimeout how long a call of a model or a tool may take
 * @param lease for how long this engine has a job until it says again that it works on it, at least {@link #SHORTEST_LEASE}: so
 *     long does a step stand still whose process died, before another takes it. One that is cut off or stopped for two thirds of
 *     it may lose its jobs to others while it works on them, and its calls are made twice
 * @param companions what is written with the events of runs, beside the ledger
 */
public record EngineOptions(
        Path dataDir,
        Optional<DatabaseAddress> database,
        Optional<URI> gateway,
        int workers,
        boolean trusted,
        Prices prices,
        RateLimits limits,
        Duration callTimeout,
        Duration lease,
        List<Companion> companions) {

    public static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);

    private static final int WORKERS = 256;
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration LEASE = Duration.ofSeconds(60);

    public EngineOptions {
        companions = List.copyOf(companions);
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, not " + workers);
        }
        if (!callTimeout.isPositive()) {
            throw new IllegalArgumentException("callTimeout must be longer than " + callTimeout);
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("lease must be " + SHORTEST_LEASE + " at least, not " + lease);
        }
    }

    /** An embedded broker and a ledger in one directory; no rules that are code. */
    public static EngineOptions at(Path dataDir) {
        return new EngineOptions(
                dataDir,
                Optional.empty(),
                Optional.empty(),
                WORKERS,
                false,
                PriceLists.shipped(),
                RateLimits.NONE,
                CALL_TIMEOUT,
                LEASE,
                List.of());
    }

    /** With the ledger in a PostgreSQL database, which several engines may share. */
    public EngineOptions withDatabase(DatabaseAddress address) {
        return new EngineOptions(
                dataDir,
                Optional.of(address),
                gateway,
                workers,
                trusted,
                prices,
                limits,
                callTimeout,
                lease,
                companions);
    }

    /**
     * The same.
     *
     * @param url {@code jdbc:postgresql://host:port/name}
     * @param user of the database
     * @param password where it is: {@code env:NAME} is the environment variable {@code NAME}
     * @throws EngineException for a URL that is none of PostgreSQL or holds a password, and for a password that is no reference
     */
    public EngineOptions withDatabase(String url, String user, String password) {
        return Failures.attempt(() -> withDatabase(DatabaseAddress.of(url, user, password)));
    }

    /** With a Zeebe cluster that runs elsewhere. */
    public EngineOptions withGateway(URI address) {
        return new EngineOptions(
                dataDir,
                database,
                Optional.of(address),
                workers,
                trusted,
                prices,
                limits,
                callTimeout,
                lease,
                companions);
    }

    /** Takes rules in DRL: for those who know every workflow that the engine will get. */
    public EngineOptions trusting() {
        return new EngineOptions(
                dataDir, database, gateway, workers, true, prices, limits, callTimeout, lease, companions);
    }

    /** With other prices, for example {@link PriceLists#withOwn}. */
    public EngineOptions withPrices(Prices prices) {
        return new EngineOptions(
                dataDir, database, gateway, workers, trusted, prices, limits, callTimeout, lease, companions);
    }

    public EngineOptions withLimits(RateLimits limits) {
        return new EngineOptions(
                dataDir, database, gateway, workers, trusted, prices, limits, callTimeout, lease, companions);
    }

    public EngineOptions withCallTimeout(Duration callTimeout) {
        return new EngineOptions(
                dataDir, database, gateway, workers, trusted, prices, limits, callTimeout, lease, companions);
    }

    /** Doing so many jobs at a time. */
    public EngineOptions withWorkers(int workers) {
        return new EngineOptions(
                dataDir, database, gateway, workers, trusted, prices, limits, callTimeout, lease, companions);
    }

    /** With another lease, the same in all engines that share their runs. */
    public EngineOptions withLease(Duration lease) {
        return new EngineOptions(
                dataDir, database, gateway, workers, trusted, prices, limits, callTimeout, lease, companions);
    }

    /** With one more companion of the ledger. */
    public EngineOptions with(Companion companion) {
        List<Companion> more = new ArrayList<>(companions);
        more.add(companion);
        return new EngineOptions(
                dataDir, database, gateway, workers, trusted, prices, limits, callTimeout, lease, more);
    }
}
