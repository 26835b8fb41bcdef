package dev.hone.server.error;

import dev.hone.engine.EngineException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** What the engine refuses. */
@Singleton
final class EngineFailures implements ExceptionHandler<EngineException, HttpResponse<ProblemDocument>> {

    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<ProblemDocument> handle(HttpRequest request, EngineException e) {
        return Documents.response(request, e.problems());
    }
}
