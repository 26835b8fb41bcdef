package dev.hone.server.offer;

import dev.hone.engine.Engine;
import dev.hone.engine.Source;
import dev.hone.workflows.Catalogue;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The workflows that come with Hone, each compiled when it is first asked for. */
@Singleton
final class CatalogueOffers {

    private static final String OWNER = "hone";

    private final Engine engine;
    private final OfferSettings settings;
    private final Map<String, Offer> compiled = new ConcurrentHashMap<>();

    CatalogueOffers(Engine engine, OfferSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    Stream<Offer> all() {
        return settings.catalogue() ? Catalogue.entries().stream().map(this::offer) : Stream.empty();
    }

    Optional<Offer> find(String name) {
        return settings.catalogue() ? Catalogue.find(name).map(this::offer) : Optional.empty();
    }

    private Offer offer(Catalogue.Entry entry) {
        return compiled.computeIfAbsent(entry.name(), name -> {
            Source source = Source.of(name + "/workflow.yaml", entry.text(), entry::file);
            return new Offer(engine.workshop().compile(source), source, Optional.empty(), OWNER, Instant.EPOCH);
        });
    }
}
