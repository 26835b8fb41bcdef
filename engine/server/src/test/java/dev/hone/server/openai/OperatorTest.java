package dev.hone.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import dev.hone.server.Served;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator decides. */
@Tag("slow")
class OperatorTest {

    @TempDir
    Path home;

    @Test
    void streamsShowThatTheyAreAliveAndRunsGoOnWithoutTheirCallers() throws Exception {
        try (Served server = Served.start(
                home,
                Map.of(
                        "hone.allow.base-urls", "127.0.0.1",
                        "hone.offer.catalogue", "false",
                        "hone.offer.keep-abandoned", "true",
                        "hone.offer.heartbeat", "50ms"))) {
            server.engine().deployments().deploy("default", "tester", new Source("say.yaml", Front.SAY));
            assertThat(server.get("/v1/models").body().path("data").findValuesAsText("id"))
                    .containsExactly("hone/say");
            CountDownLatch gate = new CountDownLatch(1);
            Front.MODELS.next(new Misbehaviour.Hold(gate));
            HttpRequest request = server.request("/v1/chat/completions")
                    .header("Content-Type", "application/json")
                    .POST(
                            HttpRequest.BodyPublishers.ofString(
                                    "{\"model\": \"hone/say\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}"))
                    .build();
            HttpResponse<InputStream> response = server.send(request, HttpResponse.BodyHandlers.ofInputStream());
            String run = response.headers().firstValue("Hone-Run").orElseThrow();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.lines().anyMatch(": alive"::equals)).isTrue();
            }
            gate.countDown();

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> server.engine().result(run).isPresent());
            assertThat(server.engine().result(run).map(RunResult::stop).map(StopReason::kind))
                    .contains(StopReason.Kind.COMPLETED);
        }
    }
}
