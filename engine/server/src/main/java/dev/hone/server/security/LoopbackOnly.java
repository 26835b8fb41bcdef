package dev.hone.server.security;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.server.error.Documents;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Without authentication a page of any site could let the browser on this machine ask us, by a name of its own that leads to
 * this address; so the request must name the address itself.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class LoopbackOnly {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final SecuritySettings settings;

    LoopbackOnly(SecuritySettings settings) {
        this.settings = settings;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        if (settings.auth()) {
            return null;
        }
        String host = request.getHeaders().get(HttpHeaders.HOST);
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        return isOurs(host) && (origin == null || isOurs(origin.replaceFirst("^https?://", "")))
                ? null
                : Documents.response(
                        request,
                        List.of(Problem.of(
                                ProblemCode.NOT_ALLOWED,
                                "without authentication this server is for programs on its own machine alone.",
                                "Ask it by 127.0.0.1 or localhost, or start it with --auth.")));
    }

    private static boolean isOurs(@Nullable String host) {
        return host != null && NAMES.contains(host.replaceFirst(":\\d+$", ""));
    }
}
