package dev.hone.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.server.Listener.Heard;
import dev.hone.server.nodes.Cluster;
import dev.hone.server.nodes.Cluster.Node;
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

    /** Some seconds long, so that a kill finds runs under way. */
    private static final String LONG = Samples.ROUNDS
            .replace("name: rounds", "name: long")
            .replace("most: 4, enough: 2", "most: 40, enough: 40")
            .replace("calls: 8", "calls: 60");

    @TempDir
    Path directory;

    @Test
    void theOtherNodeEndsTheRunsOfOneThatIsKilled() throws Exception {
        try (Cluster cluster = Cluster.start(directory, Map.of("hone.lease", "12s"))) {
            Node node = cluster.fork("killed", Map.of());
            Served survivor = cluster.here();
            Served killed = node.served();
            survivor.post("/api/v1/workflows", Map.of("text", LONG));
            List<String> runs = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                runs.add(start(i % 2 == 0 ? killed : survivor));
            }
            List<Heard> begun = Listener.listen(
                    survivor, "/api/v1/runs/" + runs.getFirst() + "/events/stream", "", heard -> heard.size() == 3);

            node.kill();
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
                    .isEqualTo(LongStream.rangeClosed(1, begun.size()).boxed().toList());
            for (String run : runs) {
                JsonNode whole = survivor.get("/api/v1/runs/" + run).body();
                assertThat(whole.at("/result/stop/kind").asText()).as(run).isEqualTo("LIMIT");
                assertThat(whole.at("/result/spent/calls").asInt())
                        .as("no more than the rounds, and the calls in flight at the kill")
                        .isBetween(40, 42);
            }
        }
    }

    private static String start(Served node) {
        Served.Answer answer = node.post("/api/v1/runs", Map.of("workflow", "long"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body().path("id").asText();
    }
}
