package dev.hone.server.error;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Where;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the framework refuses before the engine hears of it: bodies that cannot be read, paths that lead nowhere. */
@Singleton
@Primary
final class Refusals implements ErrorResponseProcessor<ProblemDocument> {

    private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

    @Override
    public MutableHttpResponse<ProblemDocument> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
        HttpRequest<?> request = context.getRequest();
        HttpStatus status =
                context.getRootCause().filter(Refusals::unfit).isPresent() ? HttpStatus.BAD_REQUEST : base.status();
        MutableHttpResponse<ProblemDocument> response =
                Documents.response(request, status, List.of(problem(request, status, context)));
        base.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Content-Type") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> response.header(name, value));
            }
        });
        return response;
    }

    /** What the validator cannot even look at is not what an operation takes. */
    private static boolean unfit(Throwable e) {
        return e instanceof ValidationException && !(e instanceof ConstraintViolationException);
    }

    private static Problem problem(HttpRequest<?> request, HttpStatus status, ErrorContext context) {
        if (context.getRootCause().filter(Refusals::unfit).isPresent()) {
            return Problem.of(
                    ProblemCode.BAD_REQUEST,
                    "the body is not what " + request.getMethodName() + " " + request.getPath() + " takes.",
                    "Correct the body; see /swagger for what it holds.");
        }
        Optional<JsonProcessingException> json = context.getRootCause().flatMap(Refusals::json);
        if (json.isPresent() && status.getCode() < 500) { // else it is not the request that cannot be read
            return problem(json.get());
        }
        String asked = request.getMethodName() + " " + request.getPath();
        return switch (status) {
            case NOT_FOUND ->
                Problem.of(ProblemCode.NOT_FOUND, asked + " leads nowhere.", "See /swagger for what there is.");
            case METHOD_NOT_ALLOWED ->
                Problem.of(
                        ProblemCode.BAD_REQUEST,
                        asked + " cannot be asked for with this method.",
                        "See /swagger for what there is.");
            case UNSUPPORTED_MEDIA_TYPE ->
                Problem.of(
                        ProblemCode.BAD_REQUEST,
                        asked + " takes no body of this type.",
                        "Send JSON, with the header Content-Type: application/json.");
            case NOT_ACCEPTABLE ->
                Problem.of(
                        ProblemCode.BAD_REQUEST,
                        asked + " has no answer of the type that the header Accept asks for.",
                        "Accept application/json, or text/event-stream for events.");
            case REQUEST_ENTITY_TOO_LARGE, REQUEST_HEADER_FIELDS_TOO_LARGE, REQUEST_URI_TOO_LONG ->
                Problem.of(ProblemCode.TOO_LARGE, "the request is too large.", "Send less at a time.");
            default -> {
                if (status.getCode() >= 500) {
                    context.getRootCause().ifPresent(e -> LOG.log(System.Logger.Level.ERROR, "defect at " + asked, e));
                    yield Problem.of(
                            ProblemCode.INTERNAL,
                            "a defect of the server ended " + asked + ".",
                            "Report it with the server's log.");
                }
                yield Problem.of(ProblemCode.BAD_REQUEST, words(context), "Correct the request; see /swagger.");
            }
        };
    }

    private static String words(ErrorContext context) {
        String words = context.getErrors().stream()
                .map(error -> error.getPath().map(path -> path + ": ").orElse("") + message(error))
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? "the request cannot be understood." : words + ".";
    }

    private static String message(Error error) {
        String message = error.getMessage();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static Optional<JsonProcessingException> json(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonProcessingException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static Problem problem(JsonProcessingException e) {
        Optional<Where> where = Optional.ofNullable(e.getLocation())
                .filter(at -> at.getLineNr() > 0)
                .map(Refusals::where);
        String path = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new Problem(
                    ProblemCode.UNKNOWN_KEY,
                    where,
                    "there is no '" + path + "' in this request.",
                    "Write one of "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        return new Problem(
                ProblemCode.BAD_REQUEST,
                where,
                path.isEmpty()
                        ? "the body is not JSON: " + e.getOriginalMessage() + "."
                        : "'" + path + "' does not fit: " + firstSentence(e.getOriginalMessage()) + ".",
                "Correct the body; see /swagger for what it holds.");
    }

    /** Jackson names Java types behind the first colon or parenthesis. */
    private static String firstSentence(String message) {
        return message.split("[:(]", 2)[0].strip().replaceAll("`[a-zA-Z0-9_.$]*\\.([A-Za-z0-9_]+)(<[^`]*)?`", "$1");
    }

    private static Where where(JsonLocation at) {
        return new Where("body", at.getLineNr(), Math.max(1, at.getColumnNr()));
    }
}
