package dev.hone.server.error;

import dev.hone.engine.ledger.LedgerException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;

/** What the database fails at. */
@Singleton
final class LedgerFailures implements ExceptionHandler<LedgerException, HttpResponse<ProblemDocument>> {

    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<ProblemDocument> handle(HttpRequest request, LedgerException e) {
        return Documents.response(request, List.of(e.problem()));
    }
}
