package dev.hone.connectors.local;

import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.testkit.ModelContract;
import java.util.Set;

class EditorContractTest extends ModelContract {

    @Override
    protected ModelProvider provider() {
        return new LocalProvider();
    }

    @Override
    protected String model() {
        return "listprog-editor";
    }

    @Override
    protected ModelRequest request() {
        return Requests.request(Requests.forEditor());
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.PROSE, Capability.IMAGES);
    }
}
