package dev.hone.connectors.common;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.time.Instant;
import java.util.Optional;

/** What the status of an HTTP answer means when it is not 2xx. */
public final class Status {

    private Status() {}

    /**
     * The refusal.
     *
     * @param status not 2xx
     * @param retryAfter the value of that header
     * @param said who answered, and what
     */
    public static ConnectorException refused(int status, Optional<String> retryAfter, String said) {
        return switch (status) {
            case 401, 403 ->
                problem(Kind.DENIED, said, "let the operator correct the key, or the rights that it gives");
            case 404, 410 ->
                problem(Kind.UNKNOWN, said, "correct what is asked for, or let the operator correct the url");
            case 408, 409, 425, 429 -> busy(said, retryAfter);
            default -> {
                if (status >= 500) {
                    yield busy(said, retryAfter);
                }
                yield status >= 400
                        ? problem(Kind.BAD_INPUT, said, "change what is sent, as the server says")
                        : problem(Kind.BROKEN, said, "let the operator correct the url");
            }
        };
    }

    private static ConnectorException busy(String said, Optional<String> retryAfter) {
        return new ConnectorException(
                Kind.BUSY,
                said,
                "nothing, when a later try succeeds; otherwise read the server's log",
                retryAfter.flatMap(value -> RetryAfter.of(value, Instant.now())).orElse(null),
                null);
    }

    private static ConnectorException problem(Kind kind, String what, String fix) {
        return new ConnectorException(kind, what, fix);
    }
}
