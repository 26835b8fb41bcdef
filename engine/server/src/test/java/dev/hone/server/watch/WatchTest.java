package dev.hone.server.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.hone.engine.work.Json;
import dev.hone.server.Samples;
import dev.hone.server.Served;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** What an operator sees of a server without asking it for runs. */
@Tag("slow")
class WatchTest {

    private final Served server = Served.shared();

    @TempDir
    Path directory;

    private static String run(Served server) throws Exception {
        server.post("/api/v1/workflows", Map.of("text", Samples.ROUNDS));
        String run = server.post("/api/v1/runs", Map.of("workflow", "rounds"))
                .body()
                .path("id")
                .asText();
        server.engine().await(run);
        return run;
    }

    @Test
    void readinessKnowsTheBrokerAndTheDatabase() {
        Served.Answer ready = server.get("/health/readiness");

        assertThat(ready.status()).as(ready.text()).isEqualTo(200);
        assertThat(ready.body().at("/details/engine/status").asText()).isEqualTo("UP");
        assertThat(server.get("/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void metricsCountRunsCallsTokensAndDecisionsByRule() throws Exception {
        run(server);

        String metrics = server.get("/prometheus").text();

        assertThat(metrics)
                .contains(
                        "hone_runs_finished_total{stop=\"RULE\",workflow=\"rounds\"}",
                        "hone_decisions_total{rule=\"enough\",workflow=\"rounds\"}",
                        "hone_calls_total{model=\"player/writer\"}",
                        "hone_tokens_total{kind=\"output\",model=\"player/writer\"}",
                        "hone_steps_waited_seconds_count",
                        "hone_steps_seconds_count{workflow=\"rounds\"}");
    }

    @Test
    void aRunIsATraceWithItsCallsAsChats() throws Exception {
        List<String> sent = new CopyOnWriteArrayList<>();
        HttpServer collector = collector(sent);
        try (Served traced = Served.start(
                directory,
                Map.of(
                        "otel.exporter.otlp.endpoint",
                        "http://127.0.0.1:" + collector.getAddress().getPort(),
                        "otel.bsp.schedule.delay",
                        "50"))) {
            String run = run(traced);

            await().untilAsserted(() -> assertThat(String.join("", sent))
                    .contains("invoke_agent rounds", "chat player/writer", "gen_ai.usage.output_tokens", run)
                    .doesNotContain("harbour"));
        } finally {
            collector.stop(0);
        }
    }

    private static HttpServer collector(List<String> sent) throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        return collector;
    }

    @Test
    void aLogLineIsJsonWithTheRunAndTheElement() {
        LogRecord record = new LogRecord(Level.WARNING, "it went wrong: {0}");
        record.setParameters(new Object[] {"a reason"});
        record.setLoggerName("dev.hone");
        record.setThrown(new IllegalStateException("why"));
        try (var run = MDC.putCloseable("run", "r1");
                var element = MDC.putCloseable("element", "draft")) {
            var line = Json.read(new JsonLines().format(record));

            assertThat(line.path("message").asText()).isEqualTo("it went wrong: a reason");
            assertThat(line.path("run").asText()).isEqualTo("r1");
            assertThat(line.path("element").asText()).isEqualTo("draft");
            assertThat(line.path("error").asText()).contains("why");
        }
    }
}
