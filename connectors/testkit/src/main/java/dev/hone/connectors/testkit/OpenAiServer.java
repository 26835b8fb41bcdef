package dev.hone.connectors.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAI-compatible server on loopback that serves any {@link Model}: {@code POST /v1/chat/completions} (also
 * streamed) and {@code GET /v1/models}. For clients of these it also serves Anthropic's {@code POST /v1/messages}, Gemini's
 * {@code POST /v1/models/MODEL:generateContent} and Bedrock's {@code POST /v1/model/MODEL/converse}. It can be told to misbehave
 * for the next requests, and shows what it was asked.
 *
 * <p>A model that reads data gets the last user message as its inputs when that message is a JSON object.
 */
public final class OpenAiServer implements AutoCloseable {

    /** The longest request body that is read, in bytes; a longer one is answered with 413. */
    public static final int MAX_REQUEST_BYTES = 4 << 20;

    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(1);
    private static final long DRIP_MILLIS = 5;

    /** A chat request as it arrived, its address with the query; header names are in lower case, of several values the first is kept. */
    public record Seen(String uri, Map<String, String> headers, String body) {}

    private final Map<String, Model> models;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Misbehaviour> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger hangups = new AtomicInteger();
    private final Cancellation shutdown = new Cancellation();
    private volatile @Nullable Seen last;

    private OpenAiServer(Map<String, Model> models) {
        this.models = Map.copyOf(models);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", exchange -> chat(exchange, new Dialect.OpenAi()));
        server.createContext("/v1/messages", exchange -> chat(exchange, new Dialect.Anthropic()));
        server.createContext("/v1/model/", exchange -> chat(exchange, new Dialect.Converse()));
        server.createContext(
                "/v1/foundation-models",
                exchange -> send(exchange, 200, Map.of(), Dialect.Converse.models(models.keySet())));
        server.createContext("/v1/models", this::models);
        startAsDaemon();
    }

    /** The dispatcher of the JDK's server inherits being a daemon: a forgotten server must not keep a JVM alive. */
    private void startAsDaemon() {
        Thread starter = Thread.ofPlatform().daemon().start(server::start);
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Serves each model under its name, on a free port. */
    public static OpenAiServer serving(Map<String, Model> models) {
        return new OpenAiServer(models);
    }

    public static OpenAiServer serving(String name, Model model) {
        return new OpenAiServer(Map.of(name, model));
    }

    /** The address to give to a client, for example {@code http://127.0.0.1:40123/v1}. */
    public URI baseUrl() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/v1");
    }

    /** Settings that lead a model to this server, without key or price. */
    public ModelSettings settings() {
        return new ModelSettings(Optional.of(baseUrl()), Optional.empty(), Optional.empty());
    }

    /** Lets the next chat request meet {@code misbehaviour}; several calls queue up, one for each request. */
    public void next(Misbehaviour misbehaviour) {
        script.add(misbehaviour);
    }

    /** How many chat requests have arrived. */
    public int requests() {
        return requests.get();
    }

    /** How many clients went away during a {@link Misbehaviour.Drip}. */
    public int hangups() {
        return hangups.get();
    }

    /** The latest chat request, if one has arrived. */
    public Optional<Seen> last() {
        return Optional.ofNullable(last);
    }

    /** Stops at once; calls under way are cancelled. */
    @Override
    public void close() {
        shutdown.cancel();
        server.stop(0);
        threads.shutdownNow();
    }

    private void models(HttpExchange exchange) throws IOException {
        if (Dialect.Gemini.asks(path(exchange))) {
            chat(exchange, new Dialect.Gemini());
        } else {
            send(exchange, 200, Map.of(), ChatJson.models(models.keySet()));
        }
    }

    private static String path(HttpExchange exchange) {
        return exchange.getRequestURI().getPath();
    }

    private void chat(HttpExchange exchange, Dialect dialect) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            String text = new String(body, StandardCharsets.UTF_8);
            last = new Seen(exchange.getRequestURI().toString(), headers, text);
            requests.incrementAndGet();
            if (body.length > MAX_REQUEST_BYTES) {
                send(
                        exchange,
                        413,
                        Map.of(),
                        ChatJson.error("the request is over " + MAX_REQUEST_BYTES + " bytes", ""));
            } else if (!exchange.getRequestMethod().equals("POST")) {
                send(exchange, 405, Map.of("Allow", "POST"), ChatJson.error("only POST is served here", ""));
            } else {
                misbehaveOrAnswer(exchange, script.poll(), new Asked(dialect, path(exchange), text));
            }
        }
    }

    private record Asked(Dialect dialect, String path, String text) {}

    private void misbehaveOrAnswer(HttpExchange exchange, @Nullable Misbehaviour misbehaviour, Asked asked)
            throws IOException {
        switch (misbehaviour) {
            case null -> answer(exchange, asked);
            case Misbehaviour.Status(int code, Map<String, String> headers, String body) ->
                send(exchange, code, headers, body);
            case Misbehaviour.Body(String body) -> send(exchange, 200, Map.of(), body);
            case Misbehaviour.Hold(CountDownLatch gate) -> {
                if (opened(gate, CALL_TIMEOUT.toMillis())) {
                    answer(exchange, asked);
                }
            }
            case Misbehaviour.Drip(CountDownLatch gate) -> drip(exchange, gate, asked);
            case Misbehaviour.Hangup() -> {} // closing the exchange unanswered closes the connection
        }
    }

    private void drip(HttpExchange exchange, CountDownLatch gate, Asked asked) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        try {
            while (!opened(gate, DRIP_MILLIS) && !shutdown.cancelled()) {
                out.write(' ');
                out.flush();
            }
            out.write(response(asked).body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException goneAway) {
            hangups.incrementAndGet();
            throw goneAway;
        }
    }

    private static boolean opened(CountDownLatch gate, long millis) throws IOException {
        try {
            return gate.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server is closing", e);
        }
    }

    private void answer(HttpExchange exchange, Asked asked) throws IOException {
        Response response = response(asked);
        send(exchange, response.status(), response.headers(), response.body());
    }

    private record Response(int status, Map<String, String> headers, String body) {}

    private Response response(Asked asked) {
        try {
            ChatJson.Call call = asked.dialect().read(asked.path(), asked.text());
            Model model = models.get(call.model());
            if (model == null) {
                String known =
                        String.join(", ", models.keySet().stream().sorted().toList());
                return new Response(
                        404,
                        Map.of(),
                        ChatJson.error("the model '" + call.model() + "' does not exist; there are: " + known, ""));
            }
            CallContext context = new CallContext("http", call.model(), "", 1, call.seed(), CALL_TIMEOUT, shutdown);
            ModelReply reply = model.generate(call.request(), context);
            return asked.dialect().streams(asked.path(), asked.text())
                    ? new Response(
                            200,
                            Map.of("Content-Type", "text/event-stream"),
                            asked.dialect().stream(call.model(), reply))
                    : new Response(200, Map.of(), asked.dialect().reply(call.model(), reply));
        } catch (ConnectorException e) {
            Map<String, String> headers = e.retryAfter()
                    .map(wait -> Map.of("Retry-After", Long.toString(wait.toSeconds())))
                    .orElse(Map.of());
            return new Response(
                    status(e.kind()),
                    headers,
                    ChatJson.error(e.what() + "; " + e.fix(), e.kind().name()));
        }
    }

    private static int status(ConnectorException.Kind kind) {
        return switch (kind) {
            case BAD_INPUT -> 400;
            case DENIED -> 403;
            case UNKNOWN -> 404;
            case BUSY -> 429;
            case UNREACHABLE, LOST -> 502;
            case CANCELLED -> 503;
            case TIMEOUT -> 504;
            case BROKEN -> 500;
        };
    }

    private static void send(HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
