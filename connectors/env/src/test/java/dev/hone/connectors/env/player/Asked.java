package dev.hone.connectors.env.player;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import java.util.List;
import java.util.Optional;

/** Players, asked as the engine asks models. */
final class Asked {

    private Asked() {}

    static ModelRequest with(String inputs) {
        return new ModelRequest(List.of(new Message(Speaker.USER, "Answer.")), inputs, Optional.empty(), 1_000);
    }

    static String reply(String player, String inputs, long seed) throws ConnectorException {
        return new PlayerProvider()
                .open(player, ModelSettings.DEFAULT)
                .generate(with(inputs), CallContext.standalone(seed))
                .text();
    }
}
