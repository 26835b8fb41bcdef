package dev.hone.connectors.onnx;

import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.testkit.ModelContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of models, by a network that has a cache and by one that has none. */
class OnnxContractTest {

    abstract static class Tiny extends ModelContract {

        @TempDir
        Path folder;

        abstract Path written(Path folder);

        @Override
        protected ModelProvider provider() {
            return new OnnxProvider(Map.of("HONE_ONNX_TINY", "{\"folder\": \"" + written(folder) + "\"}"));
        }

        @Override
        protected String model() {
            return "tiny";
        }

        @Override
        protected ModelRequest request() {
            return new ModelRequest(
                    List.of(new Message(Speaker.SYSTEM, "The best draft wins."), new Message(Speaker.USER, "The loop")),
                    "{}",
                    Optional.of(1.0),
                    8);
        }

        @Override
        protected Set<Capability> cannot() {
            return Set.of(Capability.IMAGES);
        }
    }

    @Nested
    class WithCache extends Tiny {
        @Override
        Path written(Path folder) {
            return TinyModel.withCache(folder);
        }
    }

    @Nested
    class WithoutCache extends Tiny {
        @Override
        Path written(Path folder) {
            return TinyModel.withoutCache(folder);
        }
    }
}
