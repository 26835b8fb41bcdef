package dev.hone.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import io.micronaut.http.HttpStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * What went wrong, as OpenAI says it.
 *
 * @param hone of a run that failed: what is known of it
 */
@Schema(name = "OpenAiError")
record ErrorBody(
        Error error,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<JsonNode> hone) {

    /**
     * @param message what happened, and what to do
     * @param type what kind of error it is to OpenAI's clients
     * @param param where in the request, if it is to blame
     * @param code Hone's name of the kind of problem
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "OpenAiErrorDetail")
    record Error(String message, String type, Optional<String> param, ProblemCode code) {}

    static ErrorBody of(HttpStatus status, ProblemCode code, String message, Optional<String> param) {
        return new ErrorBody(new Error(message, type(status), param, code), Optional.empty());
    }

    static ErrorBody of(Problem problem, String param) {
        return of(HttpStatus.BAD_REQUEST, problem.code(), words(problem), Optional.of(param));
    }

    /** Of a run that ended without an answer. */
    static ErrorBody of(Problem problem, JsonNode remarks) {
        return new ErrorBody(
                new Error(words(problem), "run_error", Optional.empty(), problem.code()), Optional.of(remarks));
    }

    static String words(Problem problem) {
        return problem.what() + " " + problem.fix();
    }

    private static String type(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "authentication_error";
            case FORBIDDEN -> "permission_error";
            case TOO_MANY_REQUESTS -> "rate_limit_error";
            default -> status.getCode() >= 500 ? "server_error" : "invalid_request_error";
        };
    }
}
