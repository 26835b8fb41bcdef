package dev.hone.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hone.engine.Engine;
import dev.hone.engine.Question;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Source;
import dev.hone.engine.work.Json;
import dev.hone.server.Guarded;
import dev.hone.server.Served;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class WebhooksTest {

    private static final String WEBHOOKS = "/api/v1/webhooks";

    private static final String QUIET = """
            hone: 1
            name: quiet
            budget: {calls: 1}
            flow:
              - exec: {tool: compute, in: {value: 1}, out: one}
            """;

    private static final String ASKING = """
            hone: 1
            name: asking
            budget: {calls: 1, time: PT1H}
            flow:
              - human: {id: sure, form: approve, show: {text: go on}, out: answer}
            """;

    private final Served admin = Guarded.as("hooks", "admin");

    private static Map<String, Object> hook(String url, String... events) {
        return Map.of("url", url, "events", Set.of(events));
    }

    private static JsonNode make(Served server, String url, String... events) {
        Served.Answer answer = server.post(WEBHOOKS, hook(url, events));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body();
    }

    private static String id(JsonNode made) {
        return made.at("/webhook/id").asText();
    }

    private static String run(Served server, String tenant, String text) throws InterruptedException {
        String run = start(server, tenant, text);
        server.engine().await(run);
        return run;
    }

    private static String start(Served server, String tenant, String text) {
        Engine engine = server.engine();
        return engine.start(
                engine.deploy(Source.of("w.yaml", text, path -> java.util.Optional.empty())),
                RunRequest.withoutInputs().withLabels(Map.of("tenant", tenant)));
    }

    private static JsonNode delivery(Served server, String webhook, String message) {
        return server.get(WEBHOOKS + "/" + webhook + "/deliveries")
                .body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("id").asText().equals(message))
                .findFirst()
                .orElse(JsonNodeFactory.instance.objectNode());
    }

    private static void awaitState(Served server, String webhook, String message, String state) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> delivery(server, webhook, message)
                        .path("state")
                        .asText()
                        .equals(state));
    }

    @Test
    void theEndOfARunIsToldSigned() throws InterruptedException {
        try (Listener listener = Listener.start()) {
            JsonNode made = make(admin, listener.url(), "run.finished");

            String run = run(Guarded.nobody(), "hooks", QUIET);

            Listener.Heard heard = listener.await(1).getFirst();
            JsonNode body = Json.read(heard.body());
            assertThat(heard.isSigned(made.path("secret").asText())).isTrue();
            assertThat(heard.header("content-type")).startsWith("application/json");
            assertThat(Long.parseLong(heard.header("webhook-timestamp")))
                    .isCloseTo(System.currentTimeMillis() / 1_000, org.assertj.core.data.Offset.offset(120L));
            assertThat(body.path("type").asText()).isEqualTo("run.finished");
            assertThat(body.at("/data/run").asText()).isEqualTo(run);
            assertThat(body.at("/data/workflow").asText()).isEqualTo("quiet");
            assertThat(body.at("/data/stop").asText()).isNotEmpty();
            awaitState(admin, id(made), heard.id(), "DELIVERED");
            admin.delete(WEBHOOKS + "/" + id(made));
        }
    }

    @Test
    void aQuestionAndItsAnswerAreTold() {
        try (Listener listener = Listener.start()) {
            JsonNode made = make(admin, listener.url(), "task.waiting", "task.answered");
            Engine engine = Guarded.nobody().engine();

            String run = start(Guarded.nobody(), "hooks", ASKING);
            JsonNode waiting = Json.read(listener.await(1).getFirst().body());
            Question question = engine.questions(run).getFirst();
            engine.answer(question, Json.object().put("approved", true));
            JsonNode answered = Json.read(listener.await(2).getLast().body());

            assertThat(waiting.path("type").asText()).isEqualTo("task.waiting");
            assertThat(waiting.at("/data/run").asText()).isEqualTo(run);
            assertThat(waiting.at("/data/step").asText()).isEqualTo("sure");
            assertThat(answered.path("type").asText()).isEqualTo("task.answered");
            assertThat(answered.at("/data/step").asText()).isEqualTo("sure");
            admin.delete(WEBHOOKS + "/" + id(made));
        }
    }

    @Test
    void whatIsOfAnotherTenantOrWasNotAskedForIsNotTold() throws InterruptedException {
        try (Listener listener = Listener.start()) {
            JsonNode made = make(admin, listener.url(), "run.finished");
            make(Guarded.as("hooks-of-others", "admin"), listener.url(), "run.started");

            run(Guarded.nobody(), "somebody-else", QUIET);
            String own = run(Guarded.nobody(), "hooks", QUIET);

            assertThat(Json.read(listener.await(1).getFirst().body())
                            .at("/data/run")
                            .asText())
                    .isEqualTo(own);
            assertThat(admin.get(WEBHOOKS + "/" + id(made) + "/deliveries")
                            .body()
                            .path("items"))
                    .hasSize(1);
            admin.delete(WEBHOOKS + "/" + id(made));
        }
    }

    @Test
    void whatFailsIsSentAgainWithTheSameId() {
        try (Listener listener = Listener.start().answering(500)) {
            JsonNode made = make(admin, listener.url(), "run.finished");

            Served.Answer test = admin.post(WEBHOOKS + "/" + id(made) + "/test", Map.of());
            String message = test.body().path("id").asText();

            assertThat(test.status()).as(test.text()).isEqualTo(202);
            assertThat(listener.await(2)).extracting(Listener.Heard::id).containsExactly(message, message);
            awaitState(admin, id(made), message, "DELIVERED");
            JsonNode delivery = delivery(admin, id(made), message);
            assertThat(delivery.path("attempts")).hasSize(2);
            assertThat(delivery.at("/attempts/0/status").asInt()).isEqualTo(500);
            assertThat(delivery.at("/attempts/1/status").asInt()).isEqualTo(204);
            assertThat(delivery.at("/attempts/0/failure").asText()).contains("500");
        }
    }

    @Test
    void aDeadMessageIsSentAgainWhenSomebodyAsks() {
        try (Listener listener = Listener.start().answering(500, 302)) {
            JsonNode made = make(admin, listener.url(), "run.finished");
            String message = admin.post(WEBHOOKS + "/" + id(made) + "/test", Map.of())
                    .body()
                    .path("id")
                    .asText();
            String retry = WEBHOOKS + "/" + id(made) + "/deliveries/" + message + "/retry";

            awaitState(admin, id(made), message, "DEAD");
            assertThat(listener.heard()).as("a redirect is not followed").hasSize(2);
            assertThat(admin.post(retry, Map.of()).status()).isEqualTo(202);
            awaitState(admin, id(made), message, "DELIVERED");
            assertThat(admin.post(retry, Map.of()).status()).isEqualTo(409);
        }
    }

    @Test
    void aReceiverThatIsGoneTurnsItsWebhookOff() {
        try (Listener listener = Listener.start().answering(410)) {
            JsonNode made = make(admin, listener.url(), "run.finished");
            String message = admin.post(WEBHOOKS + "/" + id(made) + "/test", Map.of())
                    .body()
                    .path("id")
                    .asText();

            awaitState(admin, id(made), message, "DEAD");
            assertThat(admin.get(WEBHOOKS + "/" + id(made))
                            .body()
                            .path("enabled")
                            .asBoolean())
                    .isFalse();
            assertThat(admin.post(WEBHOOKS + "/" + id(made) + "/test", Map.of()).status())
                    .isEqualTo(409);
        }
    }

    @Test
    void bothSecretsSignAfterARotationForAsLongAsIsSaid() {
        try (Listener listener = Listener.start()) {
            JsonNode made = make(admin, listener.url(), "run.finished");
            String path = WEBHOOKS + "/" + id(made);
            String first = made.path("secret").asText();

            String second = admin.post(path + "/rotate", Map.of("grace", "PT1H"))
                    .body()
                    .path("secret")
                    .asText();
            admin.post(path + "/test", Map.of());
            Listener.Heard both = listener.await(1).getFirst();
            String third = admin.post(path + "/rotate", Map.of("grace", "PT0S"))
                    .body()
                    .path("secret")
                    .asText();
            admin.post(path + "/test", Map.of());
            Listener.Heard one = listener.await(2).getLast();

            assertThat(Set.of(first, second, third)).hasSize(3);
            assertThat(both.isSigned(first)).isTrue();
            assertThat(both.isSigned(second)).isTrue();
            assertThat(one.isSigned(second)).isFalse();
            assertThat(one.isSigned(third)).isTrue();
            assertThat(admin.get(path).text()).doesNotContain("whsec_");
        }
    }

    @Test
    void itIsChangedAndRemoved() {
        JsonNode made = make(admin, "http://127.0.0.1:9/", "run.finished");
        String path = WEBHOOKS + "/" + id(made);

        Served.Answer changed = admin.put(
                path, Map.of("url", "http://127.0.0.1:9/b", "events", Set.of("run.started"), "enabled", false));
        assertThat(changed.body().path("url").asText()).isEqualTo("http://127.0.0.1:9/b");
        assertThat(changed.body().path("enabled").asBoolean()).isFalse();
        assertThat(admin.get(WEBHOOKS).text()).contains(id(made));
        assertThat(admin.delete(path).status()).isEqualTo(204);
        assertThat(admin.get(path).status()).isEqualTo(404);
        assertThat(admin.delete(path).status()).isEqualTo(404);
    }

    @Test
    void whatWasCommittedIsDeliveredByTheNextServer(@TempDir Path dir) throws Exception {
        Map<String, Object> settings =
                Map.of("hone.allow.private-webhooks", "true", "hone.webhooks.first-retry", "500ms");
        String secret;
        String run;
        int port;
        try (Listener gone = Listener.start()) {
            port = gone.port();
        }
        try (Served first = Served.start(dir, settings)) {
            secret = make(first, "http://127.0.0.1:" + port + "/hook", "run.finished")
                    .path("secret")
                    .asText();
            run = run(first, "default", QUIET);
        }
        try (Listener listener = Listener.start(port);
                Served second = Served.start(dir, settings)) {
            Listener.Heard heard = listener.await(1).getFirst();

            assertThat(Json.read(heard.body()).at("/data/run").asText()).isEqualTo(run);
            assertThat(heard.isSigned(secret)).as("the key is kept, too").isTrue();
            assertThat(second.get("/api/v1/audit").text()).contains("webhook.create");
        }
        Path key = dir.resolve("webhook.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as("no secret is kept, but what they are derived from")
                        .doesNotContain(secret.substring(6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/hook",
                "https://localhost/hook",
                "https://10.1.2.3/hook",
                "https://192.168.1.1/hook",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/hook",
                "https://[::ffff:127.0.0.1]/hook",
                "https://[fe80::1]/hook",
                "https://0.0.0.0/hook",
                "https://2130706433/hook",
                "http://8.8.8.8/hook"
            })
    void addressesThatAreNotPublicAreRefused(String url) {
        Served.Answer answer = Served.shared().post(WEBHOOKS, hook(url, "run.finished"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(answer.body().path("detail").asText()).contains("hone.allow.private-webhooks");
    }

    @Test
    void aNameThatComesToLeadToAPrivateAddressIsNotFollowed(@TempDir Path dir) {
        Map<String, Object> open = Map.of("hone.allow.private-webhooks", "true");
        String id;
        try (Listener listener = Listener.start()) {
            try (Served first = Served.start(dir, open)) {
                id = id(make(first, listener.url(), "run.finished"));
            }
            try (Served strict = Served.start(dir, Map.of())) {
                String message = strict.post(WEBHOOKS + "/" + id + "/test", Map.of())
                        .body()
                        .path("id")
                        .asText();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() ->
                                !delivery(strict, id, message).path("attempts").isEmpty());

                assertThat(delivery(strict, id, message)
                                .at("/attempts/0/failure")
                                .asText())
                        .contains("not public");
                assertThat(listener.heard()).isEmpty();
            }
        }
    }

    static List<Map<String, Object>> unfit() {
        return List.of(
                Map.of("url", "https://a.example", "events", Set.of()),
                Map.of("url", "https://a.example", "events", Set.of("run.finnished")),
                Map.of("url", "", "events", Set.of("run.finished")),
                Map.of("url", "ftp://a.example/", "events", Set.of("run.finished")),
                Map.of("url", "https:///x", "events", Set.of("run.finished")),
                Map.of("url", "https://user:word@a.example/", "events", Set.of("run.finished")),
                Map.of("url", "not an address", "events", Set.of("run.finished")),
                Map.of("url", "https://a.example/" + "x".repeat(2_000), "events", Set.of("run.finished")));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("unfit")
    void whatDoesNotFitIsRefusedWithWhatToDo(Map<String, Object> wanted) {
        Served.Answer answer = admin.post(WEBHOOKS, wanted);

        assertThat(answer.status()).as(answer.text()).isIn(400, 422);
        assertThat(answer.body().at("/problems/0/fix").asText()).isNotEmpty();
    }

    @Test
    void aTenantHasTwentyAtTheMost() {
        Served own = Guarded.as("hooks-many", "admin");
        for (int n = 0; n < 20; n++) {
            make(own, "http://127.0.0.1:9/" + n, "run.finished");
        }

        assertThat(own.post(WEBHOOKS, hook("http://127.0.0.1:9/", "run.finished"))
                        .status())
                .isEqualTo(409);
    }
}
