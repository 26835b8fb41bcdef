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
import java.util.stream.Stream;
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
     * @param body that it takes; none when null; in a text the thing's variables are filled in, as in the path
     * @param thing makes a thing of the caller's tenant and gives its path's variables, where the path has some
     * @param change whether it changes something that is to be in the audit log
     * @param query that its path needs; empty for none
     * @param first makes what has to be there, though the path does not name it
     */
    public record Operation(
            String name,
            String role,
            @Nullable Object body,
            Optional<Function<Served, Map<String, String>>> thing,
            boolean change,
            String query,
            Optional<Function<Served, Map<String, String>>> first) {

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
            String asked = path.replace("{version}", "1").replaceAll("\\{[^}]*}", "none")
                    + (query.isEmpty() ? "" : "?" + query);
            Object sent = body;
            if (body instanceof String text) {
                for (Map.Entry<String, String> variable : variables.entrySet()) {
                    text = text.replace("{" + variable.getKey() + "}", variable.getValue());
                }
                sent = text;
            }
            return server.ask(method(), asked, sent, Map.of());
        }

        @Override
        public String toString() {
            return name;
        }

        /** What it takes. */
        public Operation with(Object sent) {
            return new Operation(name, role, sent, thing, change, query, first);
        }

        /** What its path names. */
        public Operation of(Function<Served, Map<String, String>> made) {
            return new Operation(name, role, body, Optional.of(made), change, query, first);
        }

        /** What follows the question mark. */
        public Operation asking(String parameters) {
            return new Operation(name, role, body, thing, change, parameters, first);
        }

        /** What has to be there before. */
        public Operation before(Function<Served, Map<String, String>> made) {
            return new Operation(name, role, body, thing, change, query, Optional.of(made));
        }

        /** Though it is no GET, it changes nothing. */
        public Operation changingNothing() {
            return new Operation(name, role, body, thing, false, query, first);
        }
    }

    private Operations() {}

    static Operation operation(String name, String role) {
        return new Operation(
                name,
                role,
                null,
                Optional.empty(),
                !READS.contains(name.substring(0, name.indexOf(' '))),
                "",
                Optional.empty());
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

    private static final String GATE = """
            hone: 1
            name: kept-gate
            slots: {writer: {kind: model, init: player/writer}}
            budget: {calls: 3, human: 1, time: PT24H}
            flow:
              - call: {role: writer, in: {instruction: A., voice: "= \\"plain\\""}, out: haiku}
              - human: {id: nodding, form: approve, show: {haiku: "= haiku"}, out: nod}
            """;

    private static Map<String, String> workflow(Served server) {
        server.post("/api/v1/workflows", Map.of("text", GATE));
        return Map.of("name", "kept-gate");
    }

    private static Map<String, String> version(Served server) {
        return Map.of("name", workflow(server).get("name"), "version", "1");
    }

    /** A run that waits for a person. */
    private static Map<String, String> run(Served server) {
        String name = workflow(server).get("name");
        String run = server.post("/api/v1/runs", Map.of("workflow", name))
                .body()
                .path("id")
                .asText();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> !server.engine().questions(run).isEmpty());
        return Map.of("run", run);
    }

    private static Map<String, String> ended(Served server) {
        Map<String, String> run = run(server);
        server.post("/api/v1/runs/" + run.get("run") + "/cancel", null);
        return run;
    }

    private static Map<String, String> task(Served server) {
        return Map.of("run", run(server).get("run"), "step", "nodding");
    }

    private static Map<String, String> tenant(Served server) {
        return Map.of(
                "tenant",
                server.post("/api/v1/keys", KEY).body().at("/key/tenant").asText());
    }

    /** A workflow that asks nobody, as a model. */
    private static Map<String, String> model(Served server) {
        server.post("/api/v1/workflows", Map.of("text", """
                hone: 1
                name: kept-word
                input: {word: text}
                pools: {words: {}}
                budget: {calls: 1}
                flow:
                  - exec: {id: keep, tool: compute, in: {value: "= word"}, out: kept, into: words}
                """));
        return Map.of("id", "hone/kept-word");
    }

    private static final Map<String, Object> CHAT =
            Map.of("model", "hone/kept-word", "messages", List.of(Map.of("role", "user", "content", "ahoy")));
    private static final Map<String, Object> CALL = Map.of(
            "jsonrpc",
            "2.0",
            "id",
            1,
            "method",
            "tools/call",
            "params",
            Map.of("name", "kept-word", "arguments", Map.of("word", "ahoy")));

    private static final Function<Served, Map<String, String>> A_MODEL = Operations::model;
    private static final Function<Served, Map<String, String>> A_WORKFLOW = Operations::workflow;
    private static final Function<Served, Map<String, String>> A_VERSION = Operations::version;
    private static final Function<Served, Map<String, String>> A_RUN = Operations::run;
    private static final Function<Served, Map<String, String>> AN_ENDED_RUN = Operations::ended;
    private static final Function<Served, Map<String, String>> A_TASK = Operations::task;
    private static final Function<Served, Map<String, String>> A_TENANT = Operations::tenant;

    private static final List<Operation> OWN = List.of(
            operation("GET /v1/models", "viewer"),
            operation("GET /v1/models/{id}", "viewer").of(A_MODEL),
            operation("POST /v1/chat/completions", "author")
                    .before(Operations::model)
                    .with(CHAT),
            operation("POST /mcp", "author").before(Operations::model).with(CALL),
            operation("GET /api/v1/problems", "viewer"),
            operation("GET /api/v1/problems/{code}", "viewer"),
            operation("GET /api/v1/models", "viewer"),
            operation("POST /api/v1/models/measure", "author")
                    .with(Map.of("model", "nobody/nothing"))
                    .changingNothing(),
            operation("GET /api/v1/budgets/{tenant}", "viewer").of(A_TENANT),
            operation("PUT /api/v1/budgets/{tenant}", "operator").with(Map.of("calls", 5)),
            operation("DELETE /api/v1/budgets/{tenant}", "operator"),
            operation("POST /api/v1/workflows/edit", "viewer")
                    .with(Map.of("text", GATE, "edit", "REMOVE_STEP", "step", "nodding"))
                    .changingNothing(),
            operation("POST /api/v1/workflows", "author").with(Map.of("text", GATE)),
            operation("GET /api/v1/workflows", "viewer"),
            operation("GET /api/v1/workflows/{name}", "viewer").of(A_WORKFLOW),
            operation("GET /api/v1/workflows/{name}/versions", "viewer").of(A_WORKFLOW),
            operation("GET /api/v1/workflows/{name}/diff", "viewer")
                    .asking("from=1")
                    .of(A_WORKFLOW),
            operation("GET /api/v1/workflows/{name}/versions/{version}", "viewer")
                    .of(A_VERSION),
            operation("GET /api/v1/workflows/{name}/versions/{version}/bpmn", "viewer")
                    .of(A_VERSION),
            operation("GET /api/v1/workflows/{name}/versions/{version}/diagram", "viewer")
                    .of(A_VERSION),
            operation("GET /api/v1/workflows/{name}/versions/{version}/rules", "viewer")
                    .of(A_VERSION),
            operation("GET /api/v1/workflows/{name}/versions/{version}/layout", "viewer")
                    .of(A_VERSION),
            operation("GET /api/v1/workflows/{name}/versions/{version}/source-map", "viewer")
                    .of(A_VERSION),
            operation("GET /api/v1/workflows/{name}/versions/{version}/certificate", "viewer")
                    .of(A_VERSION),
            operation("GET /api/v1/runs", "viewer"),
            operation("POST /api/v1/runs", "author")
                    .before(Operations::workflow)
                    .with(Map.of("workflow", "kept-gate")),
            operation("GET /api/v1/runs/{run}", "viewer").of(A_RUN),
            operation("GET /api/v1/runs/{run}/events", "viewer").of(A_RUN),
            operation("GET /api/v1/runs/{run}/events/stream", "viewer").of(AN_ENDED_RUN),
            operation("GET /api/v1/runs/{run}/artifacts", "viewer").of(A_RUN),
            operation("GET /api/v1/runs/{run}/decisions", "viewer").of(A_RUN),
            operation("POST /api/v1/runs/{run}/cancel", "author").of(A_RUN),
            operation("POST /api/v1/runs/{run}/pause", "author").of(A_RUN),
            operation("POST /api/v1/runs/{run}/resume", "author").of(AN_ENDED_RUN),
            operation("POST /api/v1/runs/{run}/budget", "admin")
                    .with(Map.of("more", Map.of("calls", 1)))
                    .of(A_RUN),
            operation("POST /api/v1/runs/{run}/fork", "author")
                    .with(Map.of("step", "haiku"))
                    .of(AN_ENDED_RUN),
            operation("POST /api/v1/runs/{run}/replay", "author").of(AN_ENDED_RUN),
            operation("GET /api/v1/tasks", "viewer"),
            operation("GET /api/v1/tasks/{run}/{step}", "viewer").of(A_TASK),
            operation("POST /api/v1/tasks/{run}/{step}/claim", "reviewer").of(A_TASK),
            operation("POST /api/v1/tasks/{run}/{step}/release", "reviewer").of(A_TASK),
            operation("PUT /api/v1/tasks/{run}/{step}/draft", "reviewer")
                    .with(Map.of("approved", true))
                    .of(A_TASK),
            operation("POST /api/v1/tasks/{run}/{step}/answer", "reviewer")
                    .with(Map.of("approved", true))
                    .of(A_TASK),
            operation("POST /api/v1/tasks/{run}/{step}/reject", "reviewer")
                    .with(Map.of("because", "no"))
                    .of(A_TASK),
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

    /** All of them. */
    public static final List<Operation> ALL =
            Stream.of(OWN, Measuring.OPERATIONS).flatMap(List::stream).toList();

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
