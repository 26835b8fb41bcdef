package dev.hone.server.security;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.server.error.Documents;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.security.authentication.Authentication;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at no more credentials from an address, for a while, of which so many were none. Those that were good before are not
 * concerned: many callers may have one address, that of a load balancer. Each node counts for itself.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Strangers implements Ordered {

    /** Addresses, and good credentials, of which so many are known that some are forgotten. */
    private static final int MOST = 10_000;

    private final int perMinute;
    private final ConcurrentMap<InetAddress, Bucket> buckets = new ConcurrentHashMap<>();
    private final Set<String> good = ConcurrentHashMap.newKeySet();

    Strangers(SecuritySettings settings) {
        this.perMinute = settings.auth() ? settings.refusalsPerMinute() : 0;
    }

    /** Before anybody is asked who it is. */
    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        Bucket bucket = perMinute > 0 ? buckets.get(address(request)) : null;
        if (bucket == null || credentials(request).filter(good::contains).isPresent()) {
            return null;
        }
        EstimationProbe probe = bucket.estimateAbilityToConsume(1);
        if (probe.canBeConsumed()) {
            return null;
        }
        long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
        return Documents.response(
                        request,
                        List.of(Problem.of(
                                ProblemCode.TOO_MANY,
                                "more than " + perMinute + " requests in a minute came from this address without a key"
                                        + " that holds.",
                                "Ask again in " + seconds + " s, as the header Retry-After says, with a key.")))
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }

    @ResponseFilter
    void count(HttpRequest<?> request, HttpResponse<?> response) {
        if (perMinute <= 0) {
            return;
        }
        if (response.code() == HttpStatus.UNAUTHORIZED.getCode()) {
            if (buckets.size() > MOST) {
                buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= perMinute);
            }
            boolean unused =
                    buckets.computeIfAbsent(address(request), from -> bucket()).tryConsume(1);
        } else if (request.getUserPrincipal(Authentication.class).isPresent()) {
            if (good.size() > MOST) {
                good.clear();
            }
            credentials(request).ifPresent(good::add);
        }
    }

    private static InetAddress address(HttpRequest<?> request) {
        return request.getRemoteAddress().getAddress();
    }

    /** Not they themselves. */
    private static Optional<String> credentials(HttpRequest<?> request) {
        return request.getHeaders().findFirst(HttpHeaders.AUTHORIZATION).map(Secrets::hash);
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build();
    }

    /** Outside of all but what gives errors their form. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
