package dev.hone.server;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sets, by flags, the environment or a file.
 *
 * @param dataDir holds the ledger unless {@code db} names another place, the log of an embedded broker, and evaluations
 * @param db the address of a PostgreSQL database that the ledger is in, {@code jdbc:postgresql://host:port/name}
 * @param dbUser of the database
 * @param dbPasswordVariable the environment variable that holds its password
 * @param zeebe the gateway of a Zeebe cluster; an embedded broker without it
 * @param workers how many steps are worked on at a time
 * @param trusted whether rules in DRL, which are code that can do anything, are taken
 * @param prices a file with what models cost, before the list that comes with Hone
 * @param limits a file with how much may be asked of providers and spent on a day
 * @param callTimeout how long a call of a model or a tool may take
 * @param heartbeat how often one who listens to events hears that the server is there
 * @param lease after which others take the steps of a node that says no more that it is at them; evaluations and messages of
 *     webhooks after half of it
 * @param shutdownGrace how long calls in progress may take to end when the server stops
 */
@ConfigurationProperties("hone")
public record Settings(
        @Bindable(defaultValue = ".hone") Path dataDir,
        @Nullable String db,
        @Nullable String dbUser,
        @Nullable String dbPasswordVariable,
        @Nullable URI zeebe,
        @Bindable(defaultValue = "256") int workers,
        @Bindable(defaultValue = "false") boolean trusted,
        @Nullable Path prices,
        @Nullable Path limits,
        @Bindable(defaultValue = "10m") Duration callTimeout,
        @Bindable(defaultValue = "15s") Duration heartbeat,
        @Bindable(defaultValue = "60s") Duration lease,
        @Bindable(defaultValue = "10s") Duration shutdownGrace) {}
