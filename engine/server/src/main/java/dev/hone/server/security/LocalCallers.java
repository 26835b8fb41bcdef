package dev.hone.server.security;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Without authentication, which is possible on a loopback address alone, everybody is the operator. */
@Singleton
final class LocalCallers implements AuthenticationFetcher<HttpRequest<?>> {

    private final SecuritySettings settings;

    LocalCallers(SecuritySettings settings) {
        this.settings = settings;
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        return settings.auth()
                ? Mono.empty()
                : Mono.just(Caller.operator("local").authentication());
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
