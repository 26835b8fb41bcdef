package dev.hone.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.NewEvent;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.Task;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.Worker;
import dev.hone.engine.zeebe.Zeebe;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Brings questions to people and answers back. An answer is written first and told to the broker then, so an answer that
 * was given is never asked for again, whichever process ends in between.
 */
final class People {

    /** How long the broker keeps an answer that comes before it waits for it. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final Ledger ledger;
    private final Zeebe zeebe;
    private final Worker worker;
    private final Function<String, Program> programs;

    /** @param programs the program of a run */
    People(Ledger ledger, Zeebe zeebe, Worker worker, Function<String, Program> programs) {
        this.ledger = ledger;
        this.zeebe = zeebe;
        this.worker = worker;
        this.programs = programs;
    }

    private Step.Human step(Question question) {
        return (Step.Human) programs.apply(question.run())
                .workflow()
                .steps()
                .filter(step -> step.id().equals(question.step()))
                .findFirst()
                .orElseThrow();
    }

    /** Writes a person's answer and brings it to the run; of several answers to a question the first counts. */
    void answer(Question question, ObjectNode answer) {
        answer(
                question,
                answer,
                "human",
                Duration.between(question.at(), ledger.now()).toMillis() / 1000.0);
    }

    /**
     * The same for anybody's answer.
     *
     * @param by who gives it
     * @param seconds how long it took them
     */
    void answer(Question question, ObjectNode answer, String by, double seconds) {
        ObjectNode checked = checked(question, answer).put("by", by).put("seconds", seconds);
        List<RunEvent> events = open(question);
        ObjectNode body = Json.object();
        body.set("answer", checked);
        if (!ledger.append(question.run(), said(question, body))) {
            throw nobodyWaits(question);
        }
        bring(question, events, checked);
    }

    /**
     * The same for somebody's answer to a task.
     *
     * @param who gives it; another's claim that holds keeps them out
     */
    void answer(Task task, ObjectNode answer, String who) {
        Question question = Question.of(task);
        double seconds = Duration.between(question.at(), ledger.now()).toMillis() / 1000.0;
        ObjectNode checked = checked(question, answer).put("by", "human").put("seconds", seconds);
        List<RunEvent> events = open(question);
        ObjectNode body = Json.object();
        body.set("answer", checked);
        say(task, who, said(question, body.put("who", who)));
        bring(question, events, checked);
    }

    /** Writes that there will be no answer, so that the run goes on as when the time for it is over. */
    void reject(Task task, String who, String because) {
        Question question = Question.of(task);
        List<RunEvent> events = open(question);
        ObjectNode body = Json.object();
        body.putObject("rejected").put("by", who).put("because", because);
        say(task, who, said(question, body));
        if (!question.taken(events)) {
            publish(question);
        }
    }

    /** The events of its run; a problem when no answer to it is taken any more. */
    private List<RunEvent> open(Question question) {
        List<RunEvent> events = ledger.events(question.run(), 0, Integer.MAX_VALUE);
        if (Question.open(events).stream().noneMatch(open -> open.id().equals(question.id()))) {
            throw nobodyWaits(question);
        }
        return events;
    }

    private static NewEvent said(Question question, ObjectNode body) {
        return new NewEvent(question.place(), question.iteration(), 1, EventKind.ANSWERED, body.toString());
    }

    private void say(Task task, String who, NewEvent event) {
        ledger.appendUnlessClaimed(task.id(), who, event).ifPresent(claim -> {
            throw Tasks.taken(task.id(), claim);
        });
        // Of two who say something at the same time, one is heard.
        boolean heard = ledger.events(task.run(), 0, Integer.MAX_VALUE).stream()
                .anyMatch(kept -> kept.kind() == EventKind.ANSWERED
                        && kept.element().equals(event.element())
                        && kept.iteration().equals(event.iteration())
                        && kept.body().equals(event.body()));
        if (!heard) {
            throw Tasks.over(ledger.task(task.id()).orElseThrow());
        }
    }

    private void bring(Question question, List<RunEvent> events, ObjectNode answer) {
        if (question.taken(events)) {
            worker.tellLate(question.run(), step(question), question.iteration(), answer);
        } else {
            publish(question);
        }
    }

    private static EngineException nobodyWaits(Question question) {
        return new EngineException(List.of(Problem.of(
                ProblemCode.NOT_FOUND,
                "nobody waits for an answer to " + question.step() + " of the run " + question.run() + ".",
                "List the open questions of the run; this one was answered, or its time is over.")));
    }

    /** Tells the broker of answers that were written when a process ended; again, it changes nothing. */
    void deliver(String run) {
        List<RunEvent> events = ledger.events(run, 0, Integer.MAX_VALUE);
        Question.all(events).stream()
                .filter(question -> question.answered(events) && !question.taken(events))
                .forEach(this::publish);
    }

    private void publish(Question question) {
        String place =
                question.iteration().isEmpty() ? question.place() : question.place() + ", " + question.iteration();
        String key = question.run() + "/" + place;
        zeebe.publish(Program.answerTo(question.step()), key, key, KEPT, "{}");
    }

    /** The answer as the workflow reads it: choices count as the file lists them, whatever order was shown. */
    private static ObjectNode checked(Question question, ObjectNode answer) {
        ObjectNode checked = answer.deepCopy();
        switch (question.form()) {
            case "rate" -> require(question, answer.path("rating").isNumber(), "a 'rating', a number");
            case "pair", "kwise" -> {
                int choice = answer.path("choice").asInt();
                int most = question.order().size();
                require(
                        question,
                        answer.path("choice").isInt() && choice >= 1 && choice <= most,
                        "a 'choice' from 1 to " + most);
                List<String> written = List.copyOf(question.show().keySet());
                checked.put("choice", 1 + written.indexOf(question.order().get(choice - 1)));
            }
            case "label" -> require(question, answer.path("label").isTextual(), "a 'label', a text");
            case "edit" -> {
                require(question, answer.path("text").isTextual(), "a 'text'");
                checked.put("changed", !question.show().containsValue(answer.path("text")));
            }
            case "approve" -> require(question, answer.path("approved").isBoolean(), "'approved', true or false");
            default -> require(question, answer.path("text").isTextual(), "a 'text'");
        }
        return checked;
    }

    private static void require(Question question, boolean fits, String wanted) {
        if (!fits) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.INPUT_TYPE,
                    "the answer to " + question.step() + " does not fit its form '" + question.form() + "'.",
                    "Give " + wanted + ".")));
        }
    }
}
