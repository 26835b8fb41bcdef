package dev.hone.server.watch;

import dev.hone.engine.Engine;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Ready when the broker drives runs and the ledger can be read. */
@Singleton
@Readiness
class EngineHealth implements HealthIndicator {

    private static final String NAME = "engine";

    private final Engine engine;

    EngineHealth(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Mono.fromCallable(this::look).subscribeOn(Schedulers.boundedElastic());
    }

    private HealthResult look() {
        return engine.problem()
                .map(problem -> HealthResult.builder(NAME, HealthStatus.DOWN)
                        .details(Map.of("code", problem.code().name(), "what", problem.what(), "fix", problem.fix())))
                .orElseGet(() -> HealthResult.builder(NAME, HealthStatus.UP))
                .build();
    }
}
