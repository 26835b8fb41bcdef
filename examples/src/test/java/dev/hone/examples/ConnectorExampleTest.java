package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector that the engine has never heard of is used as its own are, once its jar is on the class path. */
@Tag("slow")
class ConnectorExampleTest {

    @Test
    void theTextThatIsReadMostEasilyIsTheResult(@TempDir Path directory) throws Exception {
        ObjectNode input = (ObjectNode)
                new ObjectMapper().readTree(Path.of("connector/notices.json").toFile());
        try (Engine engine = Engine.open(EngineOptions.at(directory))) {
            String run = engine.start(
                    engine.deploy(new Source("plain.yaml", Files.readString(Path.of("connector/plain.yaml")))),
                    RunRequest.of(input));
            RunResult result = engine.await(run);

            assertThat(result.best().orElseThrow().value().asText())
                    .isEqualTo(input.path("texts").path(1).asText());
            assertThat(result.best().orElseThrow().score())
                    .hasValueSatisfying(score -> assertThat(score.doubleValue()).isGreaterThan(100));
        }
    }
}
