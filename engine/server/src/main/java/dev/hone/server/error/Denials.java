package dev.hone.server.error;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;

/** Who is not known, and who may not. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class Denials implements ExceptionHandler<AuthorizationException, MutableHttpResponse<ProblemDocument>> {

    @Override
    @SuppressWarnings("rawtypes")
    public MutableHttpResponse<ProblemDocument> handle(HttpRequest request, AuthorizationException e) {
        if (e.isForbidden()) {
            return Documents.response(
                    request,
                    List.of(Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "this key may not " + request.getMethodName() + " " + request.getPath() + ".",
                            "Ask an admin of the tenant for a key with the role that the operation names.")));
        }
        return Documents.response(
                        request,
                        List.of(Problem.of(
                                ProblemCode.NOT_AUTHENTICATED,
                                "the request has no key, or one that is not known, has expired or was revoked.",
                                "Send the header Authorization: Bearer, followed by a key of this server.")))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
}
