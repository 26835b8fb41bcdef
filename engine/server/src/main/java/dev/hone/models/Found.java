package dev.hone.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelCatalogue;
import dev.hone.engine.work.Json;
import java.util.Optional;

/** What is known of a provider: what it lists, or why not. */
public record Found(String provider, Optional<ModelCatalogue.Listing> listing, Optional<ConnectorException> problem) {

    /** In a word: up, down, no key, no place or unclear. */
    public String state() {
        return problem.map(e -> switch (e.kind()) {
                    case UNREACHABLE, TIMEOUT, LOST -> "down";
                    case DENIED -> "no key";
                    case BAD_INPUT -> "no place";
                    case UNKNOWN, BUSY, CANCELLED, BROKEN -> "unclear";
                })
                .orElse("up");
    }

    /** {@code {provider, state, place, models}}, or {@code what} and {@code fix} in the place of the last two. */
    public ObjectNode json() {
        ObjectNode object = Json.object().put("provider", provider).put("state", state());
        listing.ifPresent(known -> {
            object.put("place", known.place());
            ArrayNode models = object.putArray("models");
            known.models().forEach(model -> models.add(provider + "/" + model));
        });
        problem.ifPresent(e -> object.put("what", e.what()).put("fix", e.fix()));
        return object;
    }
}
