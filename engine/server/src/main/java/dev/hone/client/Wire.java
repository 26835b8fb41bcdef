package dev.hone.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.work.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a server, and what it answers. A server that has answered once and is away for a while is waited for; a request
 * that may have been heard is made again only when twice is as good as once.
 */
final class Wire implements AutoCloseable {

    private static final Duration MOST_AWAY = Duration.ofMinutes(5);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int LONGEST_ANSWER = 256 << 20;

    /** What a proxy says, or a server that is starting or stopping. */
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    private final ServerAccess access;
    private final Patience patience;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER) // the key is for this server alone
            .build();

    /** @param screen is told when the server is away */
    Wire(ServerAccess access, Consumer<String> screen) {
        this.access = access;
        this.patience = new Patience(MOST_AWAY, screen);
    }

    JsonNode get(String path) {
        return json(text(request("GET", path, null, Map.of()), true));
    }

    /** An answer that is a text. */
    String text(String path) {
        return text(request("GET", path, null, Map.of()), true);
    }

    /** For what can be asked for twice and is done once. */
    JsonNode post(String path, @Nullable JsonNode body, Map<String, String> headers) {
        return json(text(request("POST", path, body, headers), true));
    }

    /** For what would be done twice. */
    JsonNode postOnce(String path, @Nullable JsonNode body) {
        return json(text(request("POST", path, body, Map.of()), false));
    }

    private HttpRequest request(String method, String path, @Nullable JsonNode body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(access.resolve(path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        access.authorization().ifPresent(secret -> request.header("Authorization", secret));
        return request.build();
    }

    private String text(HttpRequest request, boolean repeatable) {
        while (true) {
            try {
                HttpResponse<InputStream> response = send(request);
                String text = read(response);
                if (response.statusCode() / 100 == 2) {
                    patience.reached();
                    return text;
                }
                EngineException refused = Refusals.of(access, request, response, text);
                if (!AWAY.contains(response.statusCode()) || !repeatable) {
                    throw refused;
                }
                patience.await(refused);
            } catch (IOException e) {
                EngineException unreachable = unreachable(e);
                boolean unheard = e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
                if (!repeatable && !unheard) {
                    throw unreachable;
                }
                patience.await(unreachable);
            }
        }
    }

    /** Not read to the end; empty when there is nothing to tell. @throws IOException when the server is away */
    Optional<InputStream> open(String path, Map<String, String> headers) throws IOException {
        HttpRequest request = request("GET", path, null, headers);
        HttpResponse<InputStream> response = send(request);
        if (response.statusCode() == 200) {
            patience.reached();
            return Optional.of(response.body());
        }
        String text = read(response);
        if (response.statusCode() == 204) {
            patience.reached();
            return Optional.empty();
        }
        EngineException refused = Refusals.of(access, request, response, text);
        if (AWAY.contains(response.statusCode())) {
            throw new IOException(refused);
        }
        throw refused;
    }

    /** Returns when it is time to open again. @throws EngineException when it is not */
    void awaitReturn(IOException e) {
        patience.await(unreachable(e));
    }

    /** The head of an answer is not waited for for ever; of a stream the rest may take its time. */
    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> response =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            return response.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new IOException("no answer within " + ANSWER.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            response.cancel(true);
            throw Patience.interrupted(e);
        }
    }

    private static String read(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(LONGEST_ANSWER + 1);
            if (bytes.length > LONGEST_ANSWER) {
                throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private JsonNode json(String text) {
        return Json.parse(text).orElseThrow(() -> Refusals.noHone(access, "its answer is not JSON"));
    }

    private EngineException unreachable(IOException e) {
        if (e.getCause() instanceof EngineException refused) {
            return refused;
        }
        Problem problem = Problem.of(
                ProblemCode.SERVER_UNREACHABLE,
                "the server at " + access + " does not answer" + words(e) + ".",
                "Start it with hone serve, or correct the address after --server.");
        return new EngineException(problem, e);
    }

    private static String words(IOException e) {
        return switch (e) {
            case HttpConnectTimeoutException late -> ": no connection within " + CONNECT.toSeconds() + " s";
            case ConnectException refused -> ": nothing listens there";
            default -> e.getMessage() == null ? "" : ": " + e.getMessage();
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
