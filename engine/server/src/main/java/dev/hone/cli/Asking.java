package dev.hone.cli;

import dev.hone.client.Runs;
import dev.hone.engine.EngineException;
import dev.hone.engine.Question;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Semaphore;

/**
 * Puts the questions of a run to the person at the keyboard, one after the other; with no keyboard it puts none. Those that
 * the run's scripted person answers are not put.
 */
final class Asking implements AutoCloseable {

    private final Runs runs;
    private final String run;
    private final BufferedReader keyboard;
    private final PrintWriter screen;
    private final Semaphore news = new Semaphore(1);
    private final Runnable unwatch;
    private final Thread thread;
    private volatile boolean nobody;

    /** @param keyboard a line for each answer; its end means that nobody is there */
    Asking(Runs runs, String run, BufferedReader keyboard, PrintWriter screen) {
        this.runs = runs;
        this.run = run;
        this.keyboard = keyboard;
        this.screen = screen;
        this.unwatch = runs.watch(run, this::notice);
        this.thread = Thread.ofPlatform().daemon().name("hone-asking").start(this::ask);
    }

    private void notice(RunEvent event) {
        if (event.kind() == EventKind.QUESTION) {
            news.release();
        }
    }

    private void ask() {
        try {
            while (true) {
                news.acquire();
                for (Question question : runs.questions(run)) {
                    if (!runs.isScripted(question) && !put(question)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | EngineException e) {
            if (!Thread.currentThread().isInterrupted()) {
                screen.println(e.getMessage());
                screen.flush();
            }
        }
    }

    /** @return false when there is nobody to answer */
    private boolean put(Question question) throws IOException {
        screen.println();
        AnswerForm.print(question, screen);
        while (true) {
            String line = keyboard.readLine();
            if (line == null) {
                nobody = true;
                return false;
            }
            try {
                runs.answer(question, AnswerForm.read(question, line.strip()));
                return true;
            } catch (EngineException e) {
                screen.println(e.getMessage());
                screen.flush();
                if (runs.questions(run).stream().noneMatch(open -> open.equals(question))) {
                    return true; // somebody else answered, or its time is over
                }
            }
        }
    }

    /** Whether a question was put and there was nobody to answer. */
    boolean nobody() {
        return nobody;
    }

    @Override
    public void close() {
        unwatch.run();
        thread.interrupt();
    }
}
