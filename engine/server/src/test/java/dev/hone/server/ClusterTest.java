package dev.hone.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.broker.BrokerOptions;
import dev.hone.broker.EmbeddedBroker;
import dev.hone.engine.work.Json;
import dev.hone.server.Listener.Heard;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one Zeebe and one PostgreSQL, of which one is killed. */
@Tag("slow")
class ClusterTest {

    private static final int RUNS = 40;
    private static final String LISTENS = "Hone listens on ";

    /** Some seconds long, so that a kill finds runs under way. */
    private static final String LONG = Samples.ROUNDS
            .replace("name: rounds", "name: long")
            .replace("most: 4, enough: 2", "most: 40, enough: 40")
            .replace("calls: 8", "calls: 60");

    @TempDir
    Path directory;

    @Test
    void theOtherNodeEndsTheRunsOfOneThatIsKilled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), BrokerOptions.defaults())) {
            String db = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
            Process node = node(directory.resolve("killed"), db, broker.gatewayAddress());
            try (Served survivor = Served.start(
                    directory.resolve("survivor"),
                    Map.of(
                            "hone.db",
                            db,
                            "hone.db-user",
                            "postgres",
                            "hone.zeebe",
                            broker.gatewayAddress().toString()))) {
                URI killed = address(node);
                survivor.post("/api/v1/workflows", Map.of("text", LONG));
                List<String> runs = new ArrayList<>();
                for (int i = 0; i < RUNS; i++) {
                    runs.add(i % 2 == 0 ? start(killed) : start(survivor.address()));
                }
                List<Heard> begun = Listener.listen(
                        survivor, "/api/v1/runs/" + runs.getFirst() + "/events/stream", "", heard -> heard.size() == 3);

                node.destroyForcibly().waitFor();
                long killedAt = System.nanoTime();
                List<Heard> rest = Listener.listen(
                        survivor,
                        "/api/v1/runs/" + runs.getFirst() + "/events/stream",
                        begun.getLast().id(),
                        heard -> false);
                for (String run : runs) {
                    survivor.engine().ending(run).get(5, TimeUnit.MINUTES);
                }

                System.out.printf(
                        "%d runs on two nodes, one killed: all ended, the last one %.0f s after the kill%n",
                        RUNS, Duration.ofNanos(System.nanoTime() - killedAt).toMillis() / 1000.0);
                begun.addAll(rest);
                begun.removeIf(one -> one.id().isEmpty()); // heartbeats
                assertThat(begun.stream().map(one -> Long.parseLong(one.id())).toList())
                        .as("a listener on the other node hears all")
                        .isEqualTo(
                                LongStream.rangeClosed(1, begun.size()).boxed().toList());
                for (String run : runs) {
                    JsonNode whole = survivor.get("/api/v1/runs/" + run).body();
                    assertThat(whole.at("/result/stop/kind").asText()).as(run).isEqualTo("LIMIT");
                    assertThat(whole.at("/result/spent/calls").asInt())
                            .as("no more than the rounds, and the calls in flight at the kill")
                            .isBetween(40, 42);
                }
            } finally {
                node.destroyForcibly();
            }
        }
    }

    private static Process node(Path data, String db, URI zeebe) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.hone.cli.Hone",
                        "serve",
                        "--port",
                        "0",
                        "--data-dir",
                        data.toString(),
                        "--db",
                        db,
                        "--db-user",
                        "postgres",
                        "--zeebe",
                        zeebe.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static URI address(Process node) throws IOException {
        BufferedReader said = node.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        assertThat(line).startsWith(LISTENS);
        return URI.create(line.substring(LISTENS.length(), line.indexOf(';')));
    }

    private static String start(URI node) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(node.resolve("/api/v1/runs"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"workflow\": \"long\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Json.read(response.body()).path("id").asText();
    }
}
