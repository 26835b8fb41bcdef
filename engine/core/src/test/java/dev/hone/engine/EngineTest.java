package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EngineTest {

    @TempDir
    static Path directory;

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(EngineOptions.at(directory));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static Source source(String name) throws IOException {
        try (InputStream text = EngineTest.class.getResourceAsStream("/workflows/" + name)) {
            return new Source(name, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aRuleEndsTheLoopAndTheResultIsWhatItAccepted() throws Exception {
        Program program = engine.deploy(source("guess.yaml"));
        String run = engine.start(program, RunRequest.of(Json.object().put("target", 9)));
        RunResult result = engine.await(run);
        engine.events(run).forEach(e -> System.out.println(e));
        System.out.println(result);
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.RULE);
        assertThat(result.stop().rule()).contains("right");
        assertThat(result.best().orElseThrow().value().asText()).isEqualTo("9");
    }
}
