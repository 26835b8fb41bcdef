package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.Question;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** Puts the questions of a run to the person at the keyboard, one after the other; with no keyboard it puts none. */
final class Asking implements AutoCloseable {

    private final Engine engine;
    private final String run;
    private final BufferedReader keyboard;
    private final PrintWriter screen;
    private final Semaphore news = new Semaphore(1);
    private final Runnable unwatch;
    private final Thread thread;

    /** @param keyboard a line for each answer; its end means that nobody is there */
    Asking(Engine engine, String run, BufferedReader keyboard, PrintWriter screen) {
        this.engine = engine;
        this.run = run;
        this.keyboard = keyboard;
        this.screen = screen;
        this.unwatch = engine.watch(this::notice);
        this.thread = Thread.ofPlatform().daemon().name("hone-asking").start(this::ask);
    }

    private void notice(RunEvent event) {
        if (event.run().equals(run) && event.kind() == EventKind.QUESTION) {
            news.release();
        }
    }

    private void ask() {
        try {
            while (true) {
                news.acquire();
                for (Question question : engine.questions(run)) {
                    if (!put(question)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | EngineException e) {
            screen.println(e.getMessage());
            screen.flush();
        }
    }

    /** @return false when there is nobody to answer */
    private boolean put(Question question) throws IOException {
        show(question);
        while (true) {
            String line = keyboard.readLine();
            if (line == null) {
                return false;
            }
            try {
                engine.answer(question, answer(question, line.strip()));
                return true;
            } catch (EngineException e) {
                screen.println(e.getMessage());
                screen.flush();
                if (engine.questions(run).stream().noneMatch(open -> open.equals(question))) {
                    return true; // somebody else answered, or its time is over
                }
            }
        }
    }

    private void show(Question question) {
        screen.println();
        screen.println(question.question().orElse("The step " + question.step() + " asks you."));
        int number = 1;
        for (String name : question.order()) {
            screen.println("  " + number++ + ") " + text(question, name));
        }
        screen.println(
                switch (question.form()) {
                    case "rate" -> "A number:";
                    case "pair", "kwise" -> "The number of the better one:";
                    case "approve" -> "yes or no:";
                    case "label" -> "A label:";
                    default -> "Your text:";
                });
        screen.flush();
    }

    /** Of a choice the names would say which is which, so they are not shown. */
    private static String text(Question question, String name) {
        var value = question.show().get(name);
        String text = value == null ? "" : value.isTextual() ? value.textValue() : value.toString();
        return question.form().equals("pair") || question.form().equals("kwise") ? text : name + ": " + text;
    }

    private static ObjectNode answer(Question question, String line) {
        ObjectNode answer = Json.object();
        return switch (question.form()) {
            case "rate" -> line.matches("-?[0-9]+(\\.[0-9]+)?") ? answer.put("rating", new BigDecimal(line)) : answer;
            case "pair", "kwise" -> line.matches("[0-9]{1,4}") ? answer.put("choice", Integer.parseInt(line)) : answer;
            case "label" -> answer.put("label", line);
            case "approve" -> approval(answer, line.toLowerCase(Locale.ROOT));
            default -> answer.put("text", line);
        };
    }

    private static ObjectNode approval(ObjectNode answer, String line) {
        return switch (line) {
            case "y", "yes" -> answer.put("approved", true);
            case "n", "no" -> answer.put("approved", false);
            default -> answer;
        };
    }

    @Override
    public void close() {
        unwatch.run();
        thread.interrupt();
    }
}
