package dev.hone.server;

import dev.hone.engine.work.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What is expected of each operation of the OpenAPI document: who may, that another tenant finds nothing, that it leaves a
 * row in the audit log. An operation that is missing here fails {@code EveryOperationTest}.
 */
public final class Operations {

    /** The methods that change nothing. */
    private static final Set<String> READS = Set.of("GET", "HEAD");

    /**
     * One operation.
     *
     * @param name as {@code POST /api/v1/keys/{id}/rotate}
     * @param role the least that may
     * @param body that it takes; none when null
     * @param thing makes a thing of the caller's tenant and gives its path's variables, where the path has some
     * @param change whether it changes something that is to be in the audit log
     */
    public record Operation(
            String name,
            String role,
            @Nullable Object body,
            Optional<Function<Served, Map<String, String>>> thing,
            boolean change) {

        String method() {
            return name.substring(0, name.indexOf(' '));
        }

        String template() {
            return name.substring(name.indexOf(' ') + 1);
        }

        Served.Answer ask(Served server, Map<String, String> variables) {
            String path = template();
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                path = path.replace("{" + variable.getKey() + "}", variable.getValue());
            }
            return server.ask(method(), path.replaceAll("\\{[^}]*}", "none"), body, Map.of());
        }

        @Override
        public String toString() {
            return name;
        }

        /** What it takes. */
        public Operation with(Object sent) {
            return new Operation(name, role, sent, thing, change);
        }

        /** What its path names. */
        public Operation of(Function<Served, Map<String, String>> made) {
            return new Operation(name, role, body, Optional.of(made), change);
        }

        /** Though it is no GET, it changes nothing. */
        public Operation changingNothing() {
            return new Operation(name, role, body, thing, false);
        }
    }

    private Operations() {}

    private static Operation operation(String name, String role) {
        return new Operation(name, role, null, Optional.empty(), !READS.contains(name.substring(0, name.indexOf(' '))));
    }

    private static final Map<String, Object> KEY = Map.of("name", "made", "roles", Set.of("viewer"));
    private static final Map<String, Object> WEBHOOK =
            Map.of("url", "http://127.0.0.1:9/", "events", Set.of("run.finished"));

    private static Map<String, String> key(Served server) {
        return Map.of(
                "id", server.post("/api/v1/keys", KEY).body().at("/key/id").asText());
    }

    private static Map<String, String> webhook(Served server) {
        return Map.of(
                "id",
                server.post("/api/v1/webhooks", WEBHOOK)
                        .body()
                        .at("/webhook/id")
                        .asText());
    }

    /** A dead message of a webhook's, to where nobody listens. */
    private static Map<String, String> message(Served server) {
        String id = webhook(server).get("id");
        String path = "/api/v1/webhooks/" + id;
        String message = server.post(path + "/test", Map.of()).body().path("id").asText();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> server.get(path + "/deliveries")
                        .body()
                        .at("/items/0/state")
                        .asText()
                        .equals("DEAD"));
        return Map.of("id", id, "message", message);
    }

    private static final Function<Served, Map<String, String>> A_KEY = Operations::key;
    private static final Function<Served, Map<String, String>> A_WEBHOOK = Operations::webhook;
    private static final Function<Served, Map<String, String>> A_DEAD_MESSAGE = Operations::message;

    /** All of them. */
    public static final List<Operation> ALL = List.of(
            operation("POST /api/v1/workflows/check", "viewer")
                    .with(Map.of("text", "hone: 1"))
                    .changingNothing(),
            operation("GET /api/v1/audit", "admin"),
            operation("GET /api/v1/keys", "admin"),
            operation("POST /api/v1/keys", "admin").with(KEY),
            operation("GET /api/v1/keys/{id}", "admin").of(A_KEY),
            operation("DELETE /api/v1/keys/{id}", "admin").of(A_KEY),
            operation("POST /api/v1/keys/{id}/rotate", "admin").with(Map.of()).of(A_KEY),
            operation("GET /api/v1/webhooks", "admin"),
            operation("POST /api/v1/webhooks", "admin").with(WEBHOOK),
            operation("GET /api/v1/webhooks/{id}", "admin").of(A_WEBHOOK),
            operation("PUT /api/v1/webhooks/{id}", "admin").with(WEBHOOK).of(A_WEBHOOK),
            operation("DELETE /api/v1/webhooks/{id}", "admin").of(A_WEBHOOK),
            operation("POST /api/v1/webhooks/{id}/rotate", "admin")
                    .with(Map.of())
                    .of(A_WEBHOOK),
            operation("POST /api/v1/webhooks/{id}/test", "admin").of(A_WEBHOOK),
            operation("GET /api/v1/webhooks/{id}/deliveries", "admin").of(A_WEBHOOK),
            operation("POST /api/v1/webhooks/{id}/deliveries/{message}/retry", "admin")
                    .of(A_DEAD_MESSAGE));

    /** The names of those that the document has. */
    static Set<String> documented() {
        Object document = new Load(LoadSettings.builder().build())
                .loadFromString(Guarded.nobody().get("/openapi/hone.yml").text());
        Set<String> names = new TreeSet<>();
        Json.node(document)
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> names.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return names;
    }
}
