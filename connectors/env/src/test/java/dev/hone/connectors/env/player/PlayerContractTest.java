package dev.hone.connectors.env.player;

import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.testkit.ModelContract;
import java.util.Set;

class PlayerContractTest extends ModelContract {

    @Override
    protected ModelProvider provider() {
        return new PlayerProvider();
    }

    @Override
    protected String model() {
        return "negotiator";
    }

    @Override
    protected ModelRequest request() {
        return Asked.with("{\"opening\": 20, \"limit\": 8, \"turn\": 2, \"turns\": 5, \"offered\": 11}");
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.PROSE, Capability.IMAGES);
    }
}
