package dev.hone.engine;

import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** A process that runs the workflow {@code hostile} many times at once, and goes on with what a killed one left. */
final class AdversaryHost {

    private AdversaryHost() {}

    static Process fork(Path data, URI server, int runs) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AdversaryHost.class.getName(),
                        data.toString(),
                        server.toString(),
                        Integer.toString(runs))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling("screen").toFile()))
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        int runs = Integer.parseInt(arguments[2]);
        EngineOptions options = EngineOptions.at(Path.of(arguments[0])).withCallTimeout(Duration.ofSeconds(3));
        try (Engine engine = Engine.open(options)) {
            var program = engine.deploy(
                    SharedEngine.with(SharedEngine.source("hostile"), "http://127.0.0.1:1/v1", arguments[1]));
            Set<Integer> begun = engine.latest(runs).stream()
                    .map(run -> RunSetup.parse(run.setup()).inputs().path("run").asInt())
                    .collect(Collectors.toSet());
            for (int i = 1; i <= runs; i++) {
                if (!begun.contains(i)) {
                    engine.start(
                            program, RunRequest.of(Json.object().put("run", i)).withSeed(i));
                }
            }
            for (RunRecord left : engine.unfinished()) {
                System.out.println(engine.await(left.id()).stop().text());
            }
        }
    }
}
