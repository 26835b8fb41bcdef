package dev.hone.connectors.chat;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.SecretRef;
import dev.hone.connectors.common.RetryAfter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong in a call, in words that name the address and never the key. */
record HttpErrors(Endpoint endpoint, String model, Optional<String> secret) {

    private static final Pattern TOO_LONG = Pattern.compile("context[ _-]?(length|size|window)|maximum context"
            + "|(prompt|input) is too (long|large)|too many (input )?tokens|context_length_exceeded");
    private static final String OUT_OF_MONEY = "insufficient_quota";

    /** A status other than 2xx. */
    ConnectorException status(int status, HttpHeaders headers, String body) {
        ServerWords words = ServerWords.of(body, this::redacted);
        String said = address() + " answered " + status + quoted(words.text());
        String searched = (words.text() + " " + words.code()).toLowerCase(Locale.ROOT);
        return switch (status) {
            case 401, 403 -> denied(status, words);
            case 402 -> problem(Kind.DENIED, said, "pay for the account behind the key, or change the model");
            case 404 ->
                problem(
                        Kind.UNKNOWN,
                        said + ": it has no model"
                                + (model.isEmpty() ? "s to list" : " '" + model + "'")
                                + ", or no chat API at this address",
                        "check the model's name (" + endpoint.kind().protocol().catalogue(endpoint.address())
                                + " lists them) and that baseUrl ends as the" + " server wants it, mostly in /v1");
            case 408, 409, 425, 500, 502, 503, 504 ->
                busy(said, "nothing, when a later try succeeds; otherwise read the server's log", headers);
            case 429 ->
                searched.contains(OUT_OF_MONEY)
                        ? problem(Kind.DENIED, said, "raise the account's quota, or change the model or the key")
                        : busy(said, "nothing, when a later try succeeds; otherwise run fewer calls at once", headers);
            case 413 -> problem(Kind.BAD_INPUT, said, "shorten the prompt");
            case 301, 302, 303, 307, 308 ->
                problem(
                        Kind.BROKEN,
                        said + ", a redirect to "
                                + redacted(headers.firstValue("Location").orElse("nowhere")),
                        "redirects are not followed, so that a key stays where it was sent: set baseUrl to the target");
            default -> {
                if (status >= 400 && status < 500) {
                    yield TOO_LONG.matcher(searched).find()
                            ? problem(
                                    Kind.BAD_INPUT,
                                    said + ": the prompt and the reply do not fit into the model's context",
                                    "shorten the prompt, lower maxTokens, or use a model with a longer context")
                            : problem(Kind.BAD_INPUT, said, "change the request as the server says");
                }
                yield status >= 520
                        ? busy(said, "nothing, when a later try succeeds; otherwise read the server's log", headers)
                        : problem(Kind.BROKEN, said, "check that baseUrl leads to " + server());
            }
        };
    }

    /** The connection could not be made, or broke off. */
    ConnectorException noAnswer(Throwable cause) {
        if (cause instanceof BoundedBody.TooLong) {
            return problem(
                    Kind.BROKEN,
                    address() + " sent an answer of more than " + Exchange.MAX_ANSWER_BYTES + " bytes",
                    "check that baseUrl leads to " + server() + "; lower maxTokens");
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return unreachable("no connection to " + address() + " within the time for connecting", cause);
        }
        if (cause instanceof ConnectException && cause.getCause() instanceof UnresolvedAddressException) {
            return unreachable("the host name in " + address() + " is not known", cause);
        }
        if (cause instanceof ConnectException) {
            return unreachable("nothing listens at " + address(), cause);
        }
        if (cause instanceof SSLException) {
            return problem(
                    Kind.BROKEN,
                    "no secure connection to " + address() + ": " + redacted(String.valueOf(cause.getMessage())),
                    "check whether the server speaks http or https, and its certificate");
        }
        if (cause instanceof ProtocolException) {
            return problem(
                    Kind.BROKEN,
                    address() + " did not answer in HTTP: " + redacted(String.valueOf(cause.getMessage())),
                    "check that baseUrl leads to " + server());
        }
        if (cause instanceof IOException) {
            return new ConnectorException(
                    Kind.LOST,
                    address() + " closed the connection before it had answered",
                    "nothing, when a later try succeeds; otherwise read the server's log",
                    null,
                    cause);
        }
        return problem(
                Kind.BROKEN,
                "the call to " + address() + " failed: " + redacted(cause.toString()),
                "report this as a defect of the chat connector");
    }

    /** @param error what the server said in the midst of its reply, or empty */
    ConnectorException brokeOff(String error) {
        String words =
                error.isEmpty() ? "" : ServerWords.of(error, this::redacted).text();
        return problem(
                Kind.LOST,
                address() + " broke off in the midst of its reply" + quoted(words),
                "nothing, when a later try succeeds; otherwise read the server's log");
    }

    ConnectorException timeout(Duration timeout) {
        return problem(
                Kind.TIMEOUT,
                address() + " did not answer within " + seconds(timeout) + " s",
                "give the step more time, lower maxTokens, or use a faster model");
    }

    ConnectorException cancelled() {
        return problem(Kind.CANCELLED, "the call to " + address() + " was cancelled", "start the run again if wanted");
    }

    /** An answer of 200 that LangChain4j could not read; none when it failed before there was one. */
    ConnectorException senseless(Optional<String> answer, RuntimeException cause) {
        if (answer.isEmpty()) {
            return problem(
                    Kind.BROKEN,
                    "the request for " + address() + " could not be made: "
                            + redacted(cause.getClass().getSimpleName() + ": " + cause.getMessage()),
                    "report this as a defect of the chat connector");
        }
        return problem(
                Kind.BROKEN,
                address() + " answered, but not with a chat completion"
                        + quoted(ServerWords.of(answer.get(), this::redacted).text()),
                "check that baseUrl leads to " + server() + ", and its log");
    }

    private ConnectorException denied(int status, ServerWords words) {
        String said = quoted(words.text());
        return endpoint.key()
                .map(SecretRef::text)
                .map(ref -> problem(
                        Kind.DENIED,
                        address() + " refused the key of " + ref + " (" + status + ")" + said,
                        "put a key that is valid for this address and model into " + ref.substring(4)))
                .orElseGet(() -> problem(
                        Kind.DENIED,
                        address() + " wants a key (" + status + ") and none was sent" + said,
                        "name one in the slot: key: env:NAME_OF_A_VARIABLE"));
    }

    private ConnectorException unreachable(String what, Throwable cause) {
        return new ConnectorException(Kind.UNREACHABLE, what, endpoint.howToReach(), null, cause);
    }

    private ConnectorException busy(String what, String fix, HttpHeaders headers) {
        @Nullable
        Duration wait = headers.firstValue("Retry-After")
                .flatMap(value -> RetryAfter.of(value, Instant.now()))
                .orElse(null);
        return new ConnectorException(Kind.BUSY, what, fix, wait, null);
    }

    private static ConnectorException problem(Kind kind, String what, String fix) {
        return new ConnectorException(kind, what, fix);
    }

    private String server() {
        return endpoint.kind().protocol().server();
    }

    private String address() {
        return endpoint.address().toString();
    }

    private static String quoted(String words) {
        return words.isEmpty() ? "" : ": \"" + words + "\"";
    }

    /** What the server or a library says may hold the key. */
    private String redacted(String text) {
        return secret.map(key -> text.replace(key, "***")).orElse(text);
    }

    private static String seconds(Duration timeout) {
        return String.format(Locale.ROOT, "%.1f", timeout.toMillis() / 1000.0);
    }
}
