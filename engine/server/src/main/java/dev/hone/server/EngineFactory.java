package dev.hone.server;

import dev.hone.connectors.api.SecretRef;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.RateLimits;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.PriceLists;
import dev.hone.engine.TextFile;
import dev.hone.engine.ledger.DatabaseAddress;
import dev.hone.server.store.Outbox;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the engine that the service offers. */
@Factory
final class EngineFactory {

    @Singleton
    @Bean(preDestroy = "close")
    Engine engine(Settings settings, Outbox outbox) {
        EngineOptions options = bounded(settings).with(outbox);
        if (settings.db() != null) {
            options = options.withDatabase(new DatabaseAddress(
                    settings.db(),
                    Optional.ofNullable(settings.dbUser()),
                    Optional.ofNullable(settings.dbPasswordVariable()).map(name -> new SecretRef("env:" + name))));
        }
        if (settings.zeebe() != null) {
            options = options.withGateway(settings.zeebe());
        }
        if (settings.prices() != null) {
            options = options.withPrices(PriceLists.withOwn(settings.prices()));
        }
        if (settings.limits() != null) {
            options = options.withLimits(limits(settings.limits()));
        }
        return Engine.open(settings.trusted() ? options.trusting() : options);
    }

    private static EngineOptions bounded(Settings settings) {
        try {
            return EngineOptions.at(settings.dataDir())
                    .withCallTimeout(settings.callTimeout())
                    .withWorkers(settings.workers())
                    .withLease(settings.lease());
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    Problem.of(
                            ProblemCode.INPUT_TYPE,
                            "a setting is out of its bounds: " + e.getMessage() + ".",
                            "hone serve --print-config shows where each comes from."),
                    e);
        }
    }

    private static RateLimits limits(Path file) {
        return switch (RateLimits.read(file.toString(), new TextFile(file).read())) {
            case RateLimits.Listing.Read(RateLimits read) -> read;
            case RateLimits.Listing.Refused refused -> throw new EngineException(refused.problems());
        };
    }
}
