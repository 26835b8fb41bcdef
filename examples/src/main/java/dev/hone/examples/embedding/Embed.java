package dev.hone.examples.embedding;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import java.io.IOException;
import java.nio.file.Path;

/** The whole of embedding; the README shows the lines between the marks. */
public final class Embed {

    private Embed() {}

    /** Runs a workflow once and returns how it ended. */
    public static RunResult run(Path workflow, Path inputs, Path dataDir) throws IOException, InterruptedException {
        // [embed]
        try (Engine engine = Engine.open(EngineOptions.at(dataDir))) {
            var program = engine.deploy(Source.read(workflow));
            var given = (ObjectNode) new ObjectMapper().readTree(inputs.toFile());
            var run = engine.start(program, RunRequest.of(given));
            RunResult result = engine.await(run);
            result.best()
                    .ifPresent(best -> System.out.println(
                            best.value() + ": " + result.stop().text()));
            return result;
        }
        // [/embed]
    }
}
