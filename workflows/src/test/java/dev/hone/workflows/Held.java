package dev.hone.workflows;

import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.ledger.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A process that starts the first case of every workflow of the catalogue and holds each run at a given event, until it is
 * killed. It prints {@code started NAME RUN} and {@code held NAME}.
 */
final class Held {

    /** Of events, in the order of the ledger, by the workflow's name. */
    private final Map<String, Integer> at;

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final CountDownLatch never = new CountDownLatch(1);

    private Held(Map<String, Integer> at) {
        this.at = at;
    }

    /** @param at how many events of each run are written, by the workflow's name */
    static Process fork(Path data, Map<String, Integer> at) throws IOException {
        StringBuilder held = new StringBuilder();
        at.forEach(
                (name, events) -> held.append(name).append('=').append(events).append(' '));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Held.class.getName(),
                        data.toString(),
                        held.toString().strip())
                .redirectError(data.resolveSibling("screen").toFile())
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, Integer> at = new HashMap<>();
        for (String pair : arguments[1].split(" ")) {
            at.put(pair.split("=")[0], Integer.valueOf(pair.split("=")[1]));
        }
        new Held(at).run(Path.of(arguments[0]));
    }

    private void run(Path data) throws InterruptedException {
        Engine engine = Engine.open(EngineOptions.at(data));
        Runnable unwatched = engine.watch(this::hold);
        for (String name : at.keySet()) {
            FirstCase first = FirstCase.of(name);
            String run = first.start(engine);
            names.put(run, name);
            System.out.println("started " + name + " " + run);
        }
        never.await();
        unwatched.run();
    }

    /** Events of a run come one after the other, and the next is not written while this one is told. */
    private void hold(RunEvent event) {
        String name = names.get(event.run());
        if (name != null && event.seq() >= at.getOrDefault(name, Integer.MAX_VALUE)) {
            System.out.println("held " + name);
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
