package dev.hone.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.hone.client.Runs;
import dev.hone.engine.RunResult;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;

/** Waits for one run, shows its progress, puts its questions, and cancels it at Ctrl+C. */
final class Attended {

    private static final BufferedReader KEYBOARD =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Attended() {}

    /**
     * Waits for the end of a run, or until it waits for a person and nobody is here.
     *
     * @param shown the number of the last event that needs no showing; 0 for a new run
     * @return the exit code
     */
    static int await(Runs runs, Runs.Run run, long shown, boolean json, CommandLine command)
            throws InterruptedException {
        PrintWriter screen = command.getErr();
        Optional<RunResult> end = end(runs, run, shown, screen);
        if (end.isPresent()) {
            return Report.end(run.workflow(), end.get(), json, command.getOut());
        }
        screen.println(
                "The run " + run.id() + " waits for a person, and nobody is at the keyboard. 'hone tasks' shows what"
                        + " it asks and takes the answer.");
        screen.flush();
        return Exit.WAITING;
    }

    private static Optional<RunResult> end(Runs runs, Runs.Run run, long shown, PrintWriter screen)
            throws InterruptedException {
        Progress progress = new Progress(screen, run.createdAt());
        Runnable unwatch = progress.follow(runs, run.id(), shown);
        try (Interrupt interrupt = new Interrupt(() -> runs.cancel(run.id()));
                Asking asking = new Asking(runs, run.id(), KEYBOARD, screen)) {
            while (!runs.ending(run.id()).isDone()) {
                if (asking.nobody() && runs.waits(run.id())) {
                    return Optional.empty();
                }
                MILLISECONDS.sleep(50);
            }
            return Optional.of(runs.await(run.id()));
        } finally {
            unwatch.run();
        }
    }
}
