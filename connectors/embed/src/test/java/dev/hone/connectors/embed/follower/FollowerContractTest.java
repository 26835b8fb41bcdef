package dev.hone.connectors.embed.follower;

import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.testkit.ModelContract;
import java.util.Set;

class FollowerContractTest extends ModelContract {

    private static final MiniLmProvider PROVIDER = new MiniLmProvider();

    @Override
    protected ModelProvider provider() {
        return PROVIDER;
    }

    @Override
    protected String model() {
        return "follower";
    }

    @Override
    protected ModelRequest request() {
        return FollowerTest.asked("Sort these words.\n\nInput: pear fig apple", 1.0);
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.IMAGES);
    }
}
