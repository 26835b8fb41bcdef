package dev.hone.cli;

import dev.hone.engine.Engine;
import dev.hone.engine.RunResult;
import dev.hone.engine.ledger.RunRecord;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Waits for one run, shows its progress, puts its questions, and cancels it at Ctrl+C. */
final class Attended {

    private static final BufferedReader KEYBOARD =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Attended() {}

    /** @param shown the number of the last event that needs no showing; 0 for a new run */
    static RunResult await(Engine engine, RunRecord run, long shown, PrintWriter screen) throws InterruptedException {
        Progress progress = new Progress(screen, run.createdAt());
        Runnable unwatch;
        // New events wait until those that are kept already are told, as their listener needs the same lock.
        synchronized (progress) {
            unwatch = engine.watch(event -> {
                if (event.run().equals(run.id())) {
                    progress.tell(event);
                }
            });
            for (var event : engine.events(run.id())) {
                if (event.seq() > shown) {
                    progress.tell(event);
                } else {
                    progress.count(event);
                }
            }
        }
        try (Interrupt interrupt = new Interrupt(() -> engine.cancel(run.id()));
                Asking asking = new Asking(engine, run.id(), KEYBOARD, screen)) {
            return engine.await(run.id());
        } finally {
            unwatch.run();
        }
    }
}
