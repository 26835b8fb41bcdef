package dev.hone.server.store;

import dev.hone.engine.Engine;
import dev.hone.engine.ledger.Database;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The database that the engine keeps its ledger in, which has our tables, too. */
@Factory
final class DatabaseFactory {

    /** The engine closes it. */
    @Singleton
    Database database(Engine engine) {
        return engine.database();
    }
}
