package dev.hone.server.offer;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How workflows are offered as models and tools.
 *
 * @param catalogue whether those of the catalogue are offered beside those that were deployed
 * @param keepAbandoned whether a run goes on whose caller has gone away
 * @param heartbeat how often a stream says that it is alive while nothing happens
 */
@ConfigurationProperties("hone.offer")
public record OfferSettings(
        @Bindable(defaultValue = "true") boolean catalogue,
        @Bindable(defaultValue = "false") boolean keepAbandoned,
        @Bindable(defaultValue = "15s") Duration heartbeat) {}
