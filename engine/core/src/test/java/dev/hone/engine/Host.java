package dev.hone.engine;

import dev.hone.engine.world.CallLog;
import java.io.IOException;
import java.nio.file.Path;

/** A process that opens an engine, starts a long run, prints its id and its end, and waits to be killed. */
final class Host {

    private Host() {}

    /**
     * What it prints to the error stream goes into {@code screen} beside its data.
     *
     * @param calls where the models of the process write down what they answered
     */
    static Process fork(Path data, Path calls) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-D" + CallLog.FILE + "=" + calls,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Host.class.getName(),
                        data.toString())
                .redirectError(data.resolveSibling("screen").toFile())
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Engine engine = Engine.open(EngineOptions.at(Path.of(arguments[0])));
        String run = engine.start(
                engine.deploy(SharedEngine.source("long")),
                SharedEngine.target(5).withParam("rounds", 60));
        System.out.println(run);
        try {
            System.out.println(engine.await(run).stop());
        } catch (EngineException e) {
            System.out.println(e.getMessage());
        }
        Thread.sleep(Long.MAX_VALUE);
    }
}
