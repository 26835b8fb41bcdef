package dev.hone.connectors.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP of one call. Unlike LangChain4j's own client it closes the connection when the run is cancelled, holds the
 * timeout over the body too, and bounds the size of the answer. It speaks HTTP/1.1: one call is one connection, so that
 * closing it ends the work behind it, and several local servers do not understand the offer to upgrade.
 */
final class Exchange implements HttpClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The longest answer that is read, in bytes. */
    static final int MAX_ANSWER_BYTES = 8 << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** One for the process: it keeps connections open between calls. Redirects are not followed, for the key's sake. */
    private static final java.net.http.HttpClient WIRE = java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** Leaves LangChain4j, which may wrap or replace it; what happened is in {@link #problem()}. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final CallContext context;
    private final HttpErrors errors;
    private final Protocol protocol;
    private final EventStream stream;
    private @Nullable String answer;
    private JsonNode json = MissingNode.getInstance();
    private @Nullable ConnectorException problem;

    /** @param protocol knows the usage, which LangChain4j does not get to see: a wrong count would cost it the reply */
    Exchange(CallContext context, HttpErrors errors, Protocol protocol) {
        this.context = context;
        this.errors = errors;
        this.protocol = protocol;
        this.stream = new EventStream(event -> context.listener().ifPresent(listener -> {
            String part = protocol.part(event);
            if (!part.isEmpty()) {
                listener.accept(part);
            }
        }));
    }

    /** The body of the answer, once there is one. */
    Optional<String> answer() {
        return Optional.ofNullable(answer);
    }

    /** The answer as JSON; missing when there is none, or it is not JSON. */
    JsonNode json() {
        return json;
    }

    /** Why there is no answer, once that is known. */
    Optional<ConnectorException> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            boolean streamed = context.listener().isPresent() && request.body() != null;
            HttpResponse<byte[]> response = send(streamed ? streamed(request) : request);
            String body = new String(response.body(), StandardCharsets.UTF_8);
            if (response.statusCode() / 100 != 2) {
                throw errors.status(response.statusCode(), response.headers(), body);
            }
            answer = body;
            json = parsed(body);
            if (streamed && !json.isObject()) {
                putTogether(stream.end());
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(response.statusCode())
                    .headers(response.headers().map())
                    .body(json instanceof ObjectNode object ? withoutUsage(object) : body)
                    .build();
        } catch (ConnectorException e) {
            problem = e;
            throw new Failed();
        }
    }

    /** Fetches a document, without LangChain4j. */
    JsonNode get(String url, Map<String, String> headers) throws ConnectorException {
        try {
            execute(HttpRequest.builder()
                    .method(HttpMethod.GET)
                    .url(url)
                    .addHeaders(headers)
                    .build());
            return json;
        } catch (Failed e) {
            throw problem().orElseThrow();
        }
    }

    /** The same request for an answer in parts, of which LangChain4j need not know. */
    private HttpRequest streamed(HttpRequest request) {
        return parsed(request.body()) instanceof ObjectNode body
                ? HttpRequest.builder()
                        .method(request.method())
                        .headers(request.headers())
                        .url(protocol.streamed(request.url(), body))
                        .body(body.toString())
                        .build()
                : request;
    }

    /** The answer that the server would have sent in one piece; an answer that is no stream stays what it is. */
    private void putTogether(List<JsonNode> events) throws ConnectorException {
        if (events.isEmpty()) {
            return;
        }
        Optional<JsonNode> error =
                events.stream().filter(event -> event.hasNonNull("error")).findFirst();
        Optional<ObjectNode> whole = error.isPresent() ? Optional.empty() : protocol.whole(events);
        json = whole.orElseThrow(
                () -> errors.brokeOff(error.map(JsonNode::toString).orElse("")));
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private String withoutUsage(ObjectNode whole) {
        ObjectNode rest = JSON.createObjectNode();
        rest.setAll(whole);
        rest.putObject(protocol.usageField());
        return rest.toString();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws ConnectorException {
        if (context.cancellation().cancelled()) {
            throw errors.cancelled();
        }
        if (!context.timeout().isPositive()) {
            throw errors.timeout(context.timeout());
        }
        var http = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(
                        request.method().name(),
                        request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> http.header(name, value)));
        CompletableFuture<HttpResponse<byte[]>> reply =
                WIRE.sendAsync(http.build(), head -> new BoundedBody(MAX_ANSWER_BYTES, head.headers(), stream::take));
        try (Cancellation.Registration listening = context.cancellation().onCancel(() -> reply.cancel(true))) {
            return reply.get(TimeUnit.NANOSECONDS.convert(context.timeout()), TimeUnit.NANOSECONDS);
        } catch (CancellationException e) {
            throw errors.cancelled();
        } catch (TimeoutException e) {
            reply.cancel(true);
            throw errors.timeout(context.timeout());
        } catch (InterruptedException e) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw errors.cancelled();
        } catch (ExecutionException e) {
            if (context.cancellation().cancelled()) {
                throw errors.cancelled();
            }
            throw errors.noAnswer(e.getCause() == null ? e : e.getCause());
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("a stream is put together here, below LangChain4j");
    }

    /** LangChain4j asks a builder for its client; this one has it ready. */
    HttpClientBuilder asBuilder() {
        return new Ready(this);
    }

    private record Ready(Exchange exchange) implements HttpClientBuilder {
        @Override
        public Duration connectTimeout() {
            return CONNECT_TIMEOUT;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return exchange.context.timeout();
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return exchange;
        }
    }
}
