package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first workflow of the README. */
class FirstWorkflowTest {

    private static final Path FILE = Path.of("first/haiku.yaml");

    @Test
    void theReadmeShowsIt() throws IOException {
        assertThat(Files.readString(Path.of("../README.md"))).contains("```yaml\n" + Files.readString(FILE) + "```");
    }

    @Test
    @Tag("slow")
    void itRunsWithTheModelsOfAnotherServer(@TempDir Path directory) throws Exception {
        try (OpenAiServer server =
                        OpenAiServer.serving(Map.of("gpt-4.1-mini", new EchoModel(), "gpt-4.1", new EchoModel()));
                Engine engine = Engine.open(EngineOptions.at(directory))) {
            String elsewhere = Files.readString(FILE)
                    .replaceAll("openai/([a-z0-9.-]+)", "compatible/$1, baseUrl: \"" + server.baseUrl() + "\"");
            String run = engine.start(
                    engine.deploy(new Source("haiku.yaml", elsewhere)),
                    RunRequest.of(new ObjectMapper().createObjectNode().put("topic", "frost")));
            RunResult result = engine.await(run);

            assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
            assertThat(result.spent().calls()).isEqualTo(7).isEqualTo(server.requests());
            assertThat(result.best().orElseThrow().value().asText()).contains("frost");
        }
    }
}
