package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that nobody has read, tested in the sandbox: the best wins, and one that only pretends does not. */
@Tag("slow")
class SandboxTest {

    @Test
    void theProgramThatPassesTheMostTestsIsTheResult(@TempDir Path directory) throws Exception {
        ObjectNode input = (ObjectNode)
                new ObjectMapper().readTree(Path.of("sandbox/median.json").toFile());
        try (Engine engine = Engine.open(EngineOptions.at(directory))) {
            String run = engine.start(
                    engine.deploy(new Source("pick.yaml", Files.readString(Path.of("sandbox/pick.yaml")))),
                    RunRequest.of(input));
            RunResult result = engine.await(run);

            assertThat(result.stop().kind()).as(result.stop().text()).isEqualTo(StopReason.Kind.COMPLETED);
            assertThat(result.best().orElseThrow().value().asText())
                    .isEqualTo(input.path("drafts").path(2).asText());
            assertThat(result.best().orElseThrow().score())
                    .hasValueSatisfying(score -> assertThat(score.doubleValue()).isEqualTo(1.0));
        }
    }
}
