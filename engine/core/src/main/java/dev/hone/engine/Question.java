package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.Task;
import dev.hone.engine.work.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run asks a person.
 *
 * @param step the human step
 * @param iteration where in the maps and loops, for example {@code rounds=2}
 * @param form what is asked of them: rate, pair, kwise, correct, improve, demonstrate, label, approve, edit, interrupt
 * @param question in words, when the workflow says some
 * @param show what they look at, by name
 * @param order the names in the order in which they are to be shown; the {@code choice} of an answer counts in it, from 1
 * @param at when it was put
 * @param patience how long the run waits for the answer; until its own end when empty
 * @param late whether an answer is still taken when the run no longer waits
 */
public record Question(
        String run,
        String step,
        String iteration,
        String form,
        Optional<String> question,
        Map<String, JsonNode> show,
        List<String> order,
        Instant at,
        Optional<Duration> patience,
        boolean late) {

    /** Names it among all questions: {@code run/step} or {@code run/step/iteration}. */
    public String id() {
        return iteration.isEmpty() ? run + "/" + step : run + "/" + step + "/" + iteration;
    }

    /** The questions of a run that nobody has answered and that can still be answered, oldest first. */
    public static List<Question> open(List<RunEvent> events) {
        if (History.result(events).isPresent()) {
            return List.of();
        }
        return all(events).stream()
                .filter(question -> !question.answered(events))
                .filter(question -> question.late || !question.taken(events))
                .toList();
    }

    /** All that a run has asked, oldest first. */
    static List<Question> all(List<RunEvent> events) {
        return events.stream()
                .filter(event -> event.kind() == EventKind.QUESTION)
                .map(Question::of)
                .toList();
    }

    private static Question of(RunEvent event) {
        return of(event.run(), event.iteration(), event.at(), event.body());
    }

    /** What a task asks. */
    public static Question of(Task task) {
        return of(task.run(), task.iteration(), task.askedAt(), task.question());
    }

    private static Question of(String run, String iteration, Instant at, String json) {
        JsonNode body = Json.read(json);
        Map<String, JsonNode> show = new LinkedHashMap<>();
        body.path("show").properties().forEach(entry -> show.put(entry.getKey(), entry.getValue()));
        List<String> order = new ArrayList<>();
        body.path("order").forEach(name -> order.add(name.asText()));
        return new Question(
                run,
                body.path("step").asText(),
                iteration,
                body.path("form").asText(),
                Optional.ofNullable(body.path("question").textValue()),
                show,
                order,
                at,
                Optional.of(body.path("seconds"))
                        .filter(JsonNode::isNumber)
                        .map(seconds -> duration(seconds.decimalValue())),
                body.path("late").asBoolean());
    }

    /** Rounded down to milliseconds. */
    private static Duration duration(BigDecimal seconds) {
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    /** Where its answer, and what the run made of it, are written. */
    String place() {
        return step + ".take";
    }

    boolean answered(List<RunEvent> events) {
        return has(events, EventKind.ANSWERED);
    }

    /** Whether the run has gone on. */
    boolean taken(List<RunEvent> events) {
        return has(events, EventKind.OUTPUT);
    }

    private boolean has(List<RunEvent> events, EventKind kind) {
        return events.stream()
                .anyMatch(event -> event.kind() == kind
                        && event.element().equals(place())
                        && event.iteration().equals(iteration));
    }
}
