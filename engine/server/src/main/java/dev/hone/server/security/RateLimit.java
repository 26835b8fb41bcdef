package dev.hone.server.security;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.server.error.Documents;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.security.authentication.Authentication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Lets each caller ask so often a minute and no more; each node counts for itself. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RateLimit implements Ordered {

    /** Callers of whom so many are known that the idle ones are forgotten. */
    private static final int MOST = 10_000;

    private record Who(String tenant, String name) {}

    private final int perMinute;
    private final ConcurrentMap<Who, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimit(SecuritySettings settings) {
        this.perMinute = settings.requestsPerMinute();
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        if (perMinute <= 0) {
            return null;
        }
        return request.getUserPrincipal(Authentication.class)
                .map(who -> check(request, Caller.of(who)))
                .orElse(null);
    }

    private @Nullable HttpResponse<?> check(HttpRequest<?> request, Caller caller) {
        if (buckets.size() > MOST) {
            buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= perMinute);
        }
        ConsumptionProbe probe = buckets.computeIfAbsent(new Who(caller.tenant(), caller.name()), name -> bucket())
                .tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return null;
        }
        long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
        return Documents.response(
                        request,
                        List.of(Problem.of(
                                ProblemCode.TOO_MANY,
                                "this key has made more than " + perMinute + " requests in a minute.",
                                "Ask again in " + seconds + " s, as the header Retry-After says.")))
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build();
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }
}
