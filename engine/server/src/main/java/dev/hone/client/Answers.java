package dev.hone.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.PersonFile;
import dev.hone.engine.Question;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a server answers, as what it was made of there; and the paths to ask for. */
final class Answers {

    private Answers() {}

    /** Of names that may hold anything. */
    static String path(String... names) {
        StringBuilder path = new StringBuilder();
        for (String name : names) {
            path.append('/').append(encoded(name));
        }
        return path.toString();
    }

    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @param json of a line of a list */
    static Runs.Run run(JsonNode json) {
        return read(json, of -> new Runs.Run(word(of, "id"), word(of, "workflow"), time(of, "createdAt")));
    }

    static ListedRun listed(JsonNode json) {
        return read(
                json,
                of -> new ListedRun(
                        run(of),
                        optional(of, "stop"),
                        optional(of, "why"),
                        of.path("spent").path("calls").asLong(),
                        optional(of, "replayOf")));
    }

    static RunEvent event(String run, JsonNode json) {
        return read(
                json,
                of -> new RunEvent(
                        run,
                        of.path("seq").asLong(),
                        of.path("element").asText(),
                        of.path("iteration").asText(),
                        of.path("attempt").asInt(),
                        EventKind.valueOf(word(of, "kind")),
                        time(of, "at"),
                        of.path("body").isMissingNode() ? "{}" : of.path("body").toString()));
    }

    static Question question(JsonNode json) {
        return read(json, of -> {
            Map<String, JsonNode> show = new LinkedHashMap<>();
            of.path("show").properties().forEach(one -> show.put(one.getKey(), one.getValue()));
            List<String> order = new ArrayList<>();
            of.path("order").forEach(name -> order.add(name.asText()));
            Instant at = time(of, "askedAt");
            return new Question(
                    word(of, "run"),
                    word(of, "step"),
                    of.path("iteration").asText(),
                    word(of, "form"),
                    optional(of, "question"),
                    show,
                    order,
                    at,
                    optional(of, "until").map(until -> Duration.between(at, Instant.parse(until))),
                    of.path("late").asBoolean());
        });
    }

    /** Who answers the questions of a run by a script. @param json its setup */
    static Optional<PersonFile> person(JsonNode json) {
        return json.path("person").isObject()
                ? Optional.of(read(json.path("person"), of -> Json.MAPPER.convertValue(of, PersonFile.class)))
                : Optional.empty();
    }

    private static String word(JsonNode json, String name) {
        return optional(json, name).orElseThrow(() -> new IllegalArgumentException("it has no '" + name + "'"));
    }

    private static Optional<String> optional(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue());
    }

    private static Instant time(JsonNode json, String name) {
        return Instant.parse(word(json, name));
    }

    /** @throws EngineException when it is not what was asked for */
    static <T> T read(JsonNode json, Function<JsonNode, T> reading) {
        try {
            return reading.apply(json);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            Problem problem = Problem.of(
                    ProblemCode.SERVER_UNREACHABLE,
                    "the server's answer is not one that this command understands: " + e.getMessage() + ".",
                    "Use the same version of Hone here and there.");
            throw new EngineException(problem, e);
        }
    }
}
