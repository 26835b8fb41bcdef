package dev.hone.server.security;

import dev.hone.server.store.ApiKey;
import dev.hone.server.store.Keys;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Knows the operator's key and those of the tenants. */
@Singleton
final class KeyValidator implements TokenValidator<HttpRequest<?>> {

    private static final Duration COARSE = Duration.ofMinutes(1);

    private final Keys keys;
    private final OperatorKey operator;
    private final Scheduler blocking;

    KeyValidator(Keys keys, OperatorKey operator, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.keys = keys;
        this.operator = operator;
        this.blocking = Schedulers.fromExecutorService(blocking);
    }

    @Override
    public Publisher<Authentication> validateToken(String token, HttpRequest<?> request) {
        if (operator.is(token)) {
            return Mono.just(Caller.operator("operator").authentication());
        }
        return KeyText.read(token)
                .map(text -> Mono.fromCallable(() -> caller(text, Instant.now()).map(Caller::authentication))
                        .subscribeOn(blocking)
                        .flatMap(Mono::justOrEmpty))
                .orElse(Mono.empty());
    }

    private Optional<Caller> caller(KeyText text, Instant now) {
        Optional<ApiKey> found = keys.find(text.id())
                .filter(key -> key.holds(now))
                .filter(key -> isOf(key, Secrets.hash(text.secret()), now));
        found.filter(key -> key.lastUsedAt()
                        .map(last -> last.plus(COARSE).isBefore(now))
                        .orElse(true))
                .ifPresent(key -> keys.used(key.id(), now));
        return found.map(Caller::of);
    }

    private static boolean isOf(ApiKey key, String hash, Instant now) {
        boolean present = Secrets.equal(hash, key.secret());
        boolean earlier = key.earlier()
                .filter(old -> now.isBefore(old.until()))
                .map(old -> Secrets.equal(hash, old.secret()))
                .orElse(false);
        return present || earlier;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
