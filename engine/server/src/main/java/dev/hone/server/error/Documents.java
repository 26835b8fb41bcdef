package dev.hone.server.error;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/** Makes responses of problems. */
public final class Documents {

    private Documents() {}

    /** With the status that the first problem's code stands for. */
    public static MutableHttpResponse<ProblemDocument> response(HttpRequest<?> request, List<Problem> problems) {
        return response(request, status(problems.getFirst().code()), problems);
    }

    static MutableHttpResponse<ProblemDocument> response(
            HttpRequest<?> request, HttpStatus status, List<Problem> problems) {
        return HttpResponse.<ProblemDocument>status(status)
                .contentType(ProblemDocument.MEDIA_TYPE)
                .body(ProblemDocument.of(status, request.getPath(), problems));
    }

    /** What a code means to one who sent a request: their text is bad, or the thing is not there, or we are at fault. */
    static HttpStatus status(ProblemCode code) {
        return switch (code) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case NOT_AUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
            case CONFLICT, WRONG_STATE, TASK_CLAIMED, DATA_DIR_IN_USE -> HttpStatus.CONFLICT;
            case TOO_LARGE -> HttpStatus.REQUEST_ENTITY_TOO_LARGE;
            case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
            case BAD_REQUEST -> HttpStatus.BAD_REQUEST;
            case LEDGER_FAILED, BROKER_FAILED -> HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
            default -> HttpStatus.UNPROCESSABLE_ENTITY;
        };
    }
}
