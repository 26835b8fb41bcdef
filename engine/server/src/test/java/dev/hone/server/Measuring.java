package dev.hone.server;

import static dev.hone.server.Operations.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hone.engine.Engine;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** What is expected of the operations on evaluations, slots and memories. */
final class Measuring {

    private static final Duration LONG = Duration.ofMinutes(3);

    private static final String TEXT = """
            hone: 1
            name: NAME
            input: {n: number, hidden: {type: number, sealed: true}}
            slots: {step: {kind: threshold, init: 0}}
            memory: {tips: {scope: global}}
            pools: {answers: {shape: flat}}
            budget: {calls: 0}
            flow:
              - exec: {id: guess, tool: compute, in: {value: "= n + slot.step"}, take: "= string(out.value)", out: answer, into: answers}
              - remember: {id: keep, into: tips, item: "= n"}
            measure:
              sealed:
                - exec: {tool: assert, in: {checks: {right: "= result = string(hidden)"}}}
                  report: {solved: "= out.pass"}
              report: [solved]
            """;

    private static final String BETTER = "better.yaml";
    private static final String EVIDENCE = "\"evidence\": {\"eval\": \"{eval}\"}";

    /** Evaluations that are done, by tenant and workflow. */
    private static final Map<String, String> DONE = new ConcurrentHashMap<>();

    private Measuring() {}

    private static String tenant(Served server) {
        return server.get("/api/v1/keys").body().at("/items/0/tenant").asText();
    }

    private static void deploy(Served server, String name, String text) {
        server.engine().deployments().deploy(tenant(server), "test", new Source(name + ".yaml", text));
    }

    private static String text(String name) {
        return TEXT.replace("NAME", name);
    }

    private static String better(String name) {
        return text(name).replace("init: 0}", "init: 1}");
    }

    /** Twelve tasks, on which one more is better. @return its id, once it is done */
    private static String evaluated(Served server, String name, boolean whole) {
        return DONE.computeIfAbsent(tenant(server) + " " + name, key -> {
            deploy(server, name, text(name));
            ArrayNode tasks = Json.MAPPER.createArrayNode();
            for (int n = 0; n < 12; n++) {
                tasks.addObject().put("n", n).put("hidden", n + 1);
            }
            String id = started(
                    server,
                    Map.of(
                            "workflow",
                            name,
                            "tasks",
                            tasks,
                            "seeds",
                            1,
                            "plan",
                            whole ? "arms: {up: {file: better.yaml}}" : "arms: {up: {slots: {step: 1}}}",
                            "files",
                            Map.of(BETTER, better(name))));
            Awaitility.await().atMost(LONG).until(() -> state(server, id).equals("DONE"));
            return id;
        });
    }

    private static String started(Served server, Map<String, Object> body) {
        Served.Answer answer = server.post("/api/v1/evals", body);
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
        return answer.body().path("id").asText();
    }

    private static String state(Served server, String id) {
        return server.get("/api/v1/evals/" + id).body().path("state").asText();
    }

    private static Map<String, String> done(Served server) {
        return Map.of("id", evaluated(server, "kept-looked-at", false));
    }

    private static Map<String, String> open(Served server) {
        deploy(server, "kept-patient", Samples.PATIENT.replace("name: patient", "name: kept-patient"));
        return Map.of(
                "id",
                started(server, Map.of("workflow", "kept-patient", "tasks", List.of(Map.of("n", 1)), "seeds", 1)));
    }

    private static Map<String, String> cancelled(Served server) {
        Map<String, String> open = open(server);
        server.post("/api/v1/evals/" + open.get("id") + "/cancel", Map.of());
        return open;
    }

    private static Map<String, String> workflow(Served server) {
        deploy(server, "kept-looked-at", text("kept-looked-at"));
        return Map.of("name", "kept-looked-at");
    }

    private static Map<String, String> slot(Served server) {
        deploy(server, "kept-looked-at", text("kept-looked-at"));
        return Map.of("name", "kept-looked-at", "slot", "step");
    }

    private static Map<String, String> better(Served server) {
        return Map.of("name", "kept-climbing", "slot", "step", "eval", evaluated(server, "kept-climbing", false));
    }

    private static Map<String, String> promoted(Served server) {
        String body = "{" + EVIDENCE.replace("{eval}", evaluated(server, "kept-climbed", false)) + "}";
        server.post("/api/v1/workflows/kept-climbed/slots/step/promote", body);
        return Map.of("name", "kept-climbed", "slot", "step");
    }

    private static final String WHOLE = "{" + EVIDENCE + ", \"source\": {\"file\": \"better.yaml\", \"text\": "
            + Json.node(better("{name}")) + "}}";

    private static Map<String, String> betterText(Served server) {
        return Map.of("name", "kept-growing", "eval", evaluated(server, "kept-growing", true));
    }

    private static Map<String, String> promotedText(Served server) {
        String body =
                WHOLE.replace("{eval}", evaluated(server, "kept-grown", true)).replace("{name}", "kept-grown");
        server.post("/api/v1/workflows/kept-grown/promote", body);
        return Map.of("name", "kept-grown");
    }

    private static Map<String, String> memory(Served server) {
        item(server);
        return Map.of("name", "kept-minded", "memory", "tips");
    }

    private static Map<String, String> item(Served server) {
        String tenant = tenant(server);
        deploy(server, "kept-minded", text("kept-minded"));
        Engine engine = server.engine();
        Program program = engine.deployments()
                .get(tenant, "kept-minded", Optional.empty())
                .program();
        String run = engine.start(
                program,
                RunRequest.of(Json.object().put("n", 3).put("hidden", 4)).withTenant(tenant));
        Awaitility.await().atMost(LONG).until(() -> engine.result(run).isPresent());
        return Map.of(
                "name",
                "kept-minded",
                "memory",
                "tips",
                "item",
                String.valueOf(engine.remembrance()
                        .items(tenant, "kept-minded", "tips", Optional.empty(), 1)
                        .getFirst()
                        .id()));
    }

    // Each of those that several operations have is made once where all are made.
    private static final Function<Served, Map<String, String>> DONE_EVAL = Measuring::done;
    private static final Function<Served, Map<String, String>> A_WORKFLOW = Measuring::workflow;
    private static final Function<Served, Map<String, String>> A_MEMORY = Measuring::memory;

    private static final String EVAL = "/api/v1/evals/{id}";
    private static final String WORKFLOW = "/api/v1/workflows/{name}";

    static final List<Operations.Operation> OPERATIONS = List.of(
            operation("GET /api/v1/evals", "viewer"),
            operation("POST /api/v1/evals", "author")
                    .with("{\"workflow\": \"{name}\", \"tasks\": [{\"n\": 1, \"hidden\": 2}], \"seeds\": 1}")
                    .of(A_WORKFLOW),
            operation("GET " + EVAL, "viewer").of(DONE_EVAL),
            operation("GET " + EVAL + "/progress", "viewer").of(DONE_EVAL),
            operation("GET " + EVAL + "/measured.json", "viewer").of(DONE_EVAL),
            operation("GET " + EVAL + "/report.md", "viewer").of(DONE_EVAL),
            operation("GET " + EVAL + "/report.html", "viewer").of(DONE_EVAL),
            operation("POST " + EVAL + "/cancel", "author").of(Measuring::open),
            operation("POST " + EVAL + "/resume", "author").of(Measuring::cancelled),
            operation("GET " + WORKFLOW + "/slots", "viewer").of(A_WORKFLOW),
            operation("GET " + WORKFLOW + "/slots/{slot}/versions", "viewer").of(Measuring::slot),
            operation("GET " + WORKFLOW + "/promotions", "viewer").of(A_WORKFLOW),
            operation("POST " + WORKFLOW + "/slots/{slot}/promote", "admin")
                    .with("{" + EVIDENCE + "}")
                    .of(Measuring::better),
            operation("POST " + WORKFLOW + "/slots/{slot}/rollback", "admin").of(Measuring::promoted),
            operation("POST " + WORKFLOW + "/promote", "admin").with(WHOLE).of(Measuring::betterText),
            operation("POST " + WORKFLOW + "/rollback", "admin").of(Measuring::promotedText),
            operation("GET " + WORKFLOW + "/memories", "viewer").of(A_WORKFLOW),
            operation("GET " + WORKFLOW + "/memories/{memory}", "viewer").of(A_MEMORY),
            operation("DELETE " + WORKFLOW + "/memories/{memory}", "admin").of(A_MEMORY),
            operation("DELETE " + WORKFLOW + "/memories/{memory}/{item}", "admin")
                    .of(Measuring::item));
}
