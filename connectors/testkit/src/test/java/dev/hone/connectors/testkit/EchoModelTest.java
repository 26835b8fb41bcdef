package dev.hone.connectors.testkit;

import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The contract can be met. */
class EchoModelTest extends ModelContract {

    /** Opens the echo under any name; registered for this module's tests. */
    public static final class EchoProvider implements ModelProvider {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public Model open(String model, ModelSettings settings) {
            return new EchoModel();
        }
    }

    @Override
    protected ModelProvider provider() {
        return new EchoProvider();
    }

    @Override
    protected String model() {
        return "echo";
    }

    @Override
    protected ModelRequest request() {
        return new ModelRequest(List.of(new Message(Speaker.USER, "a b c d e f g h")), "{}", Optional.of(1.0), 6);
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CATALOGUE, Capability.IMAGES);
    }
}
