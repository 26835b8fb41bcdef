package dev.hone.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.Engine;
import dev.hone.engine.work.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A server as {@code hone serve} starts it, asked as any program would; one for all tests that need no other. */
public final class Served implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable Served shared;

    private final Optional<Server> server;
    private final URI address;
    private final Optional<String> key;

    private Served(Optional<Server> server, URI address, Optional<String> key) {
        this.server = server;
        this.address = address;
        this.key = key;
    }

    /** One that another process is. */
    public static Served at(URI address) {
        return new Served(Optional.empty(), address, Optional.empty());
    }

    /** Without authentication; it lives as long as the tests do. */
    public static Served shared() {
        LOCK.lock();
        try {
            if (shared == null) {
                Served started = start(directory(), Map.of());
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                shared = started;
            }
            return shared;
        } finally {
            LOCK.unlock();
        }
    }

    /** One of a test's own. */
    public static Served start(Path dataDir, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("hone.port", "0");
        all.putIfAbsent("hone.data-dir", dataDir.toString());
        all.put("micronaut.netty.event-loops.default.shutdown-quiet-period", "0s"); // nobody else asks
        Server started = Server.start(Configuration.of(all, Optional.empty()));
        return new Served(Optional.of(started), started.address(), Optional.empty());
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("hone-served-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same server, asked with a key. */
    public Served with(String other) {
        return new Served(server, address, Optional.of(other));
    }

    public URI address() {
        return address;
    }

    /** Of one in this process. */
    public Engine engine() {
        return bean(Engine.class);
    }

    public <T> T bean(Class<T> type) {
        return server.orElseThrow().bean(type);
    }

    /**
     * An answer.
     *
     * @param body missing when it is not JSON
     */
    public record Answer(int status, JsonNode body, String text, java.net.http.HttpHeaders headers) {

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    public Answer get(String path) {
        return ask("GET", path, null, Map.of());
    }

    public Answer post(String path, @Nullable Object body) {
        return ask("POST", path, body, Map.of());
    }

    public Answer put(String path, Object body) {
        return ask("PUT", path, body, Map.of());
    }

    public Answer delete(String path) {
        return ask("DELETE", path, null, Map.of());
    }

    /** @param body JSON as text, a tree, or anything that becomes JSON; none when null */
    public Answer ask(String method, String path, @Nullable Object body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).method(method, publisher(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::setHeader);
        HttpResponse<String> response = send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                Json.parse(response.body()).orElse(Json.MAPPER.missingNode()),
                response.body(),
                response.headers());
    }

    private static HttpRequest.BodyPublisher publisher(@Nullable Object body) {
        return body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(
                        body instanceof String text ? text : Json.node(body).toString());
    }

    /** Of a path, with the key if there is one. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address().resolve(path)).timeout(Duration.ofMinutes(2));
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return CLIENT.sendAsync(request, handler).get(3, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.ifPresent(Server::close);
    }
}
