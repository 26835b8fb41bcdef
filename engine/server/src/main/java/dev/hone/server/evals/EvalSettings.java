package dev.hone.server.evals;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * @param atOnce how many evaluations a node works on at a time
 * @param perTenant how many of a tenant may wait or run
 * @param mostRuns how many runs one may have
 */
@ConfigurationProperties("hone.evals")
public record EvalSettings(
        @Bindable(defaultValue = "4") int atOnce,
        @Bindable(defaultValue = "20") int perTenant,
        @Bindable(defaultValue = "20000") int mostRuns) {}
