package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import dev.hone.engine.ledger.EventKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Q-learning in a loop: each training goes on from the slot that the one before has filled. */
@Tag("slow")
class MazeTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void itTrainsUntilTheGoalIsReached(@TempDir Path directory) throws Exception {
        try (Engine engine = Engine.open(EngineOptions.at(directory))) {
            String run = engine.start(
                    engine.deploy(new Source("maze.yaml", Files.readString(Path.of("env/maze.yaml")))),
                    // So few episodes each that one training seldom finds the way.
                    RunRequest.of(JSON.createObjectNode().put("map", "S...\n.#.H\n...G"))
                            .withParam("rounds", 60)
                            .withParam("episodes", 2));
            RunResult result = engine.await(run);

            assertThat(result.stop().kind()).as(result.stop().text()).isEqualTo(StopReason.Kind.LIMIT);
            List<JsonNode> trainings = outputs(engine, run, "learn");
            List<JsonNode> reached = outputs(engine, run, "judge");
            assertThat(trainings).isNotEmpty().hasSameSizeAs(reached);
            assertThat(reached.subList(0, reached.size() - 1))
                    .allSatisfy(
                            one -> assertThat(one.at("/value/value").asDouble()).isLessThan(0.9));
            assertThat(reached.getLast().at("/value/value").asDouble()).isGreaterThanOrEqualTo(0.9);
            assertThat(trainings
                            .getLast()
                            .path("slot")
                            .path("value")
                            .path("table")
                            .has("0,0"))
                    .isTrue();
            assertThat(result.best().orElseThrow().value().path("text").asText())
                    .contains("@");
            assertThat(result.best().orElseThrow().value().path("png").asText()).startsWith("iVBORw0KGgo");
        }
    }

    private static List<JsonNode> outputs(Engine engine, String run, String step) {
        return engine.events(run).stream()
                .filter(event ->
                        event.kind() == EventKind.OUTPUT && event.element().equals(step))
                .map(event -> {
                    try {
                        return JSON.readTree(event.body());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
