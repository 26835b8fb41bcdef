package dev.hone.server.openai;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Says which part of a request cannot be done. */
@Singleton
final class Refusals implements ExceptionHandler<Refused, HttpResponse<ErrorBody>> {

    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<ErrorBody> handle(HttpRequest request, Refused e) {
        return HttpResponse.badRequest(ErrorBody.of(e.problem(), e.param()));
    }
}
