package dev.hone.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Where;
import dev.hone.engine.EngineException;
import dev.hone.engine.work.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Problem documents (RFC 9457), back as the problems that they were made of. */
final class Refusals {

    private Refusals() {}

    /** @param text of the response, which is none of success */
    static EngineException of(ServerAccess access, HttpRequest request, HttpResponse<?> response, String text) {
        List<Problem> problems = problems(Json.parse(text).map(json -> json.path("problems")));
        if (problems.isEmpty()) {
            return noHone(
                    access,
                    request.method() + " " + request.uri().getPath() + " was answered with " + response.statusCode()
                            + response.headers()
                                    .firstValue("Content-Type")
                                    .map(type -> ", " + type.split(";", 2)[0].strip())
                                    .orElse(""));
        }
        return problems.getFirst().code() == ProblemCode.NOT_AUTHENTICATED
                ? access.unknown()
                : new EngineException(problems);
    }

    /** @param why in a few words */
    static EngineException noHone(ServerAccess access, String why) {
        return new EngineException(List.of(Problem.of(
                ProblemCode.SERVER_UNREACHABLE,
                "what answers at " + access + " is no Hone server: " + why + ".",
                "Give the address that hone serve prints.")));
    }

    /** Of a list of them; those that are none are left out. */
    static List<Problem> problems(Optional<JsonNode> items) {
        List<Problem> problems = new ArrayList<>();
        items.filter(JsonNode::isArray)
                .ifPresent(all -> all.forEach(item -> {
                    if (item.path("code").isTextual() && item.path("what").isTextual()) {
                        problems.add(problem(item));
                    }
                }));
        return problems;
    }

    private static Problem problem(JsonNode item) {
        JsonNode where = item.path("where");
        return new Problem(
                code(item.path("code").asText()),
                where.isObject()
                        ? Optional.of(new Where(
                                where.path("file").asText(),
                                where.path("line").asInt(1),
                                where.path("column").asInt(1)))
                        : Optional.empty(),
                item.path("what").asText(),
                item.path("fix").asText());
    }

    /** A later server may know codes that this client does not. */
    private static ProblemCode code(String name) {
        for (ProblemCode code : ProblemCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return ProblemCode.BAD_REQUEST;
    }
}
