package dev.hone.server.security;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * @param auth whether callers must say who they are; without it everybody who reaches the address is the operator
 * @param adminKeyVariable the environment variable that holds the operator's key
 * @param rolesClaim the claim of a JWT that lists roles
 * @param tenantClaim the claim of a JWT that names the tenant
 * @param requestsPerMinute how many requests a key may make; no limit at 0
 * @param refusalsPerMinute how many requests of an address are refused for their credentials before no others are looked at; no
 *     limit at 0
 */
@ConfigurationProperties("hone.security")
public record SecuritySettings(
        @Bindable(defaultValue = "false") boolean auth,
        @Bindable(defaultValue = "HONE_ADMIN_KEY") String adminKeyVariable,
        @Bindable(defaultValue = "roles") String rolesClaim,
        @Bindable(defaultValue = "tenant") String tenantClaim,
        @Bindable(defaultValue = "0") int requestsPerMinute,
        @Bindable(defaultValue = "60") int refusalsPerMinute) {}
