package dev.hone.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.engine.work.Json;
import dev.hone.server.Served;
import java.time.Duration;
import java.util.Map;

/** A workflow whose calls go to a model that can be kept waiting, and its evaluation. */
final class Shuffled implements AutoCloseable {

    static final int ROUNDS = 3;
    static final Duration LONG = Duration.ofMinutes(3);

    private static final String EVALS = "/api/v1/evals";

    private static final String TEXT = """
            hone: 1
            name: shuffled
            input: {text: text, first: {type: text, sealed: true}}
            params: {rounds: 3}
            slots: {speaker: {kind: model, init: compatible/echo, baseUrl: "%s", temperature: 1.0}}
            pools: {said: {}}
            budget: {calls: 8}
            flow:
              - loop: {id: turns, max: "= rounds"}
                do:
                  - call: {id: speak, role: speaker, in: {text: "= text", rounds: "= rounds"}, prompt: "{{ text }} {{ rounds }}", out: words, into: said}
            measure:
              sealed:
                - exec: {tool: assert, in: {checks: {right: "= starts with(result, first)"}}}
                  report: {solved: "= out.pass"}
              report: [solved]
            """;

    final GatedModel model = new GatedModel();
    private final OpenAiServer server = OpenAiServer.serving("echo", model);

    /** What allows servers to use it. */
    String host() {
        return "127.0.0.1:" + server.baseUrl().getPort();
    }

    void deploy(Served node) {
        Served.Answer answer = node.post(
                "/api/v1/workflows",
                Map.of("text", TEXT.formatted(server.baseUrl().toString())));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    static ArrayNode tasks(int many) {
        ArrayNode tasks = Json.MAPPER.createArrayNode();
        for (int n = 0; n < many; n++) {
            tasks.addObject().put("text", "one two three four task-" + n).put("first", "three");
        }
        return tasks;
    }

    /** Asks for an evaluation and waits until a node works on it. @return its id */
    static String evaluate(Served node, Map<String, Object> request) {
        Served.Answer answer = node.post(EVALS, request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        String id = answer.body().path("id").asText();
        await().atMost(LONG).until(() -> !eval(node, id).path("state").asText().equals("QUEUED"));
        return id;
    }

    static JsonNode eval(Served node, String id) {
        return node.get(EVALS + "/" + id).body();
    }

    /** Waits for its end. @return what it measured */
    static JsonNode measured(Served node, String id) {
        await().atMost(LONG).until(() -> eval(node, id).path("endedAt").isTextual());
        assertThat(eval(node, id).path("state").asText())
                .as(() -> eval(node, id).toString())
                .isEqualTo("DONE");
        return node.get(EVALS + "/" + id + "/measured.json").body();
    }

    /** Asks for a webhook that hears of the end of runs. @return its id */
    static String hook(Served node, Receiver receiver) {
        Served.Answer answer =
                node.post("/api/v1/webhooks", Map.of("url", receiver.url(), "events", new String[] {"run.finished"}));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body().at("/webhook/id").asText();
    }

    /** Waits until so many messages have arrived, and nothing is left to be sent. */
    static void awaitDelivered(Served node, String hook, int messages) {
        await().atMost(LONG).untilAsserted(() -> {
            JsonNode items = node.get("/api/v1/webhooks/" + hook + "/deliveries?limit=200")
                    .body()
                    .path("items");
            assertThat(items.valueStream().map(item -> item.path("state").asText()))
                    .hasSize(messages)
                    .containsOnly("DELIVERED");
        });
    }

    @Override
    public void close() {
        server.close();
    }
}
