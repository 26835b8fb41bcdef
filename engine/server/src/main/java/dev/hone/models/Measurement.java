package dev.hone.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.dsl.Slot;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.Models;
import java.util.List;
import java.util.Optional;

/** One small call to a model, and the time that it took. */
public record Measurement(String model, ModelReply reply, double seconds) {

    private static final ModelRequest HELLO = new ModelRequest(
            List.of(new ModelRequest.Message(
                    ModelRequest.Speaker.USER, "Say in one short sentence what you can do well.")),
            "{}",
            Optional.empty(),
            64);

    /** @param name {@code provider/model} */
    public static Measurement of(
            ModelProvider provider, String name, ModelSettings settings, Optional<Slot.Price> price)
            throws ConnectorException {
        Model model = provider.open(
                name.substring(name.indexOf('/') + 1),
                new ModelSettings(settings.baseUrl(), settings.key(), price.map(Models::price)));
        long start = System.nanoTime();
        ModelReply reply = model.generate(HELLO, CallContext.standalone(1));
        return new Measurement(name, reply, (System.nanoTime() - start) / 1e9);
    }

    public ObjectNode json() {
        ObjectNode object = Json.object()
                .put("model", model)
                .put("seconds", seconds)
                .put("finish", reply.finish().name());
        object.set("usage", Json.node(reply.usage()));
        return object;
    }
}
