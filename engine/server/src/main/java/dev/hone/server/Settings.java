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
 * @param dataDir holds the ledger unless {@code db.url} names another, the log of an embedded broker, and the server's own log
 * @param zeebe the gateway of a Zeebe cluster; an embedded broker without it
 * @param workers how many steps are worked on at a time
 * @param trusted whether rules in DRL, which are code that can do anything, are taken
 * @param prices a file with what models cost, before the list that comes with Hone
 * @param limits a file with how much may be asked of providers and spent on a day
 * @param callTimeout how long a call of a model or a tool may take
 * @param shutdownGrace how long calls in progress may take to end when the server stops
 */
@ConfigurationProperties("hone")
public record Settings(
        @Bindable(defaultValue = ".hone") Path dataDir,
        @Nullable URI zeebe,
        @Bindable(defaultValue = "256") int workers,
        @Bindable(defaultValue = "false") boolean trusted,
        @Nullable Path prices,
        @Nullable Path limits,
        @Bindable(defaultValue = "10m") Duration callTimeout,
        @Bindable(defaultValue = "10s") Duration shutdownGrace) {}
