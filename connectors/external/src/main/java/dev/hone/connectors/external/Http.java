package dev.hone.connectors.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Shown;
import dev.hone.connectors.common.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** JSON over HTTP with one server: each request is sent once, bounded in time and size, and ended by cancellation. */
record Http(URI address, Optional<String> secret) {

    private static final int MOST_BYTES = 8 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    /** Redirects are not followed, for the key's sake. */
    private static final HttpClient WIRE = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The bytes of an answer, as long as they are not too many. */
    private static final class Body implements Consumer<Optional<byte[]>> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void accept(Optional<byte[]> part) {
            if (part.isPresent()) {
                if (part.get().length > MOST_BYTES - bytes.size()) {
                    throw new TooLong();
                }
                bytes.writeBytes(part.get());
            }
        }
    }

    /**
     * @param key under which the server knows the request again
     * @return an object
     */
    JsonNode send(
            String method,
            String path,
            Optional<byte[]> body,
            Optional<String> key,
            CallContext context,
            Duration timeout)
            throws ConnectorException {
        if (context.cancellation().cancelled()) {
            throw cancelled();
        }
        HttpRequest.Builder request = request(method, path, body);
        key.ifPresent(name -> request.header("Idempotency-Key", name));
        Body whole = new Body();
        CompletableFuture<HttpResponse<Void>> answer = WIRE.sendAsync(request.build(), head -> {
            if (head.headers().firstValueAsLong("Content-Length").orElse(0) > MOST_BYTES) {
                throw new TooLong();
            }
            return HttpResponse.BodySubscribers.ofByteArrayConsumer(whole);
        });
        try (Cancellation.Registration listening = context.cancellation().onCancel(() -> answer.cancel(true))) {
            HttpResponse<Void> head = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            String text = whole.bytes.toString(StandardCharsets.UTF_8);
            if (head.statusCode() / 100 != 2) {
                throw Status.refused(
                        head.statusCode(),
                        head.headers().firstValue("Retry-After"),
                        address + " answered " + head.statusCode() + ": " + words(text));
            }
            return parsed(text);
        } catch (CancellationException e) {
            throw cancelled();
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw problem(Kind.TIMEOUT, address + " did not answer within " + timeout, "see whether it is overloaded");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw cancelled();
        } catch (ExecutionException e) {
            throw context.cancellation().cancelled() ? cancelled() : noAnswer(e.getCause() == null ? e : e.getCause());
        }
    }

    private ConnectorException cancelled() {
        return problem(Kind.CANCELLED, "the call to " + address + " was cancelled", "start the run again if wanted");
    }

    /** Takes a job back; whether that is heard is not waited for long. */
    void delete(String path) {
        CompletableFuture<HttpResponse<Void>> answer = WIRE.sendAsync(
                request("DELETE", path, Optional.empty()).timeout(GOODBYE).build(),
                HttpResponse.BodyHandlers.discarding());
        try {
            answer.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unheard) {
            // The server has its own ways to end what nobody asks for.
        }
    }

    private HttpRequest.Builder request(String method, String path, Optional<byte[]> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body.map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody()))
                .header("Accept", "application/json");
        body.ifPresent(bytes -> request.header("Content-Type", "application/json"));
        secret.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return request;
    }

    private JsonNode parsed(String text) throws ConnectorException {
        try {
            JsonNode json = Job.JSON.readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // Said below.
        }
        throw problem(
                Kind.BROKEN,
                address + " answered with what is no JSON object: " + words(text),
                "check that a trainer is at this address");
    }

    private ConnectorException noAnswer(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && !(root instanceof TooLong)) {
            root = root.getCause();
        }
        if (root instanceof TooLong) {
            return problem(
                    Kind.BROKEN,
                    address + " sent an answer of more than " + MOST_BYTES + " bytes",
                    "let the training keep what is large, and tell a path or an id of it");
        }
        if (cause instanceof ConnectException || cause instanceof java.net.http.HttpConnectTimeoutException) {
            return problem(Kind.UNREACHABLE, "nothing answers at " + address, "start the trainer, or correct its url");
        }
        if (cause instanceof SSLException || cause instanceof ProtocolException) {
            return problem(
                    Kind.BROKEN,
                    address + " did not answer in HTTP as expected: " + words(String.valueOf(cause.getMessage())),
                    "check whether it speaks http or https, and its certificate");
        }
        if (cause instanceof IOException) {
            return new ConnectorException(
                    Kind.LOST, address + " closed the connection before it had answered", "see its log", null, cause);
        }
        return problem(
                Kind.BROKEN,
                "the call to " + address + " failed: " + words(cause.toString()),
                "report this as a defect");
    }

    /** What the server says may hold the key. */
    String redacted(String text) {
        return secret.map(value -> text.replace(value, "***")).orElse(text);
    }

    private String words(String text) {
        return Shown.line(redacted(text));
    }

    private static ConnectorException problem(Kind kind, String what, String fix) {
        return new ConnectorException(kind, what, fix);
    }
}
