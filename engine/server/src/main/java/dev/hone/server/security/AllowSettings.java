package dev.hone.server.security;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Set;

/**
 * What workflows that come over HTTP may do beyond what is harmless. Nothing of it unless the operator says so.
 *
 * @param tools of {@code command} and {@code external}, those that may be used
 * @param baseUrls hosts, or {@code host:port}, that the {@code baseUrl} of a model may name
 * @param secrets environment variables that the {@code key} of a model may name, besides the one of its provider
 * @param privateWebhooks whether webhooks may lead to addresses that are not public
 */
@ConfigurationProperties("hone.allow")
public record AllowSettings(
        @Bindable(defaultValue = "") Set<String> tools,
        @Bindable(defaultValue = "") Set<String> baseUrls,
        @Bindable(defaultValue = "") Set<String> secrets,
        @Bindable(defaultValue = "false") boolean privateWebhooks) {}
