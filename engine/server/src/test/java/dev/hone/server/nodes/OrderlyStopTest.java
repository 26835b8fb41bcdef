package dev.hone.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.RunResult;
import dev.hone.server.Served;
import dev.hone.server.nodes.Cluster.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is told to stop in the middle of its work. A lease is as long as an hour here: what had to wait for the end of one
 * would not be done before the test gives up.
 */
@Tag("slow")
class OrderlyStopTest {

    private static final int RUNS = 20;

    /** Steps at a time of the node that stops; others wait there for their turn. */
    private static final int WORKERS = 4;

    private static final int ENDED_BEFORE = 6;

    private final Shuffled shuffled = new Shuffled();
    private final GatedModel model = shuffled.model;

    @TempDir
    Path directory;

    private Cluster cluster() {
        return Cluster.start(
                directory,
                Map.of(
                        "hone.lease", "1h",
                        "hone.allow.base-urls", shuffled.host(),
                        "hone.allow.private-webhooks", "true",
                        "hone.webhooks.master-key-variable", "HONE_TEST_OPERATOR_KEY",
                        "hone.webhooks.first-retry", "200ms"));
    }

    private static Map<String, Object> stopping(String grace) {
        return Map.of("hone.workers", WORKERS, "hone.shutdown-grace", grace);
    }

    @Test
    void callsUnderWayEndAndAllElseGoesOnElsewhereAtOnce() throws Exception {
        try (shuffled;
                Receiver receiver = new Receiver();
                Cluster cluster = cluster()) {
            Node node = cluster.fork("stopped", stopping("2m"));
            Served stopped = node.served();
            shuffled.deploy(stopped);
            model.admit((long) ENDED_BEFORE * Shuffled.ROUNDS);
            String hook = Shuffled.hook(stopped, receiver);
            List<String> before = IntStream.range(0, ENDED_BEFORE)
                    .mapToObj(n -> start(stopped, n))
                    .toList();
            await().atMost(Shuffled.LONG).until(() -> receiver.came().size() == before.size());
            String eval = Shuffled.evaluate(
                    stopped,
                    Map.of("workflow", "shuffled", "tasks", Shuffled.tasks(RUNS), "seeds", 1, "parallel", RUNS));
            await().atMost(Shuffled.LONG).until(() -> model.waiting() == WORKERS);
            Served other = cluster.here();
            await().atMost(Shuffled.LONG).until(() -> begun(other, eval) == RUNS);

            Process process = node.terminate();
            long at = System.nanoTime();
            await().atMost(Shuffled.LONG).until(() -> model.waiting() == RUNS);
            double waited = seconds(at);
            await().atMost(Shuffled.LONG)
                    .until(() -> receiver.came().values().stream().allMatch(times -> times > 1));
            double sent = seconds(at);
            receiver.open();
            assertThat(process.isAlive()).as("it waits for the calls under way").isTrue();
            long opened = System.nanoTime();
            model.open();
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            double gone = seconds(opened);
            JsonNode measured = Shuffled.measured(other, eval);

            System.out.printf(
                    "a node told to stop: the %d steps that waited there went on elsewhere after %.1f s, its %d messages"
                            + " after %.1f s; it ended %.1f s after the last of its %d calls, and the evaluation on the"
                            + " other node %.1f s after; %d calls, of which %d were made again%n",
                    RUNS - WORKERS,
                    waited,
                    before.size(),
                    sent,
                    gone,
                    WORKERS,
                    seconds(opened),
                    model.calls(),
                    model.twice());
            assertThat(process.exitValue()).isZero();
            assertThat(measured.path("rows")).hasSize(RUNS);
            assertThat(model.twice()).as("calls that were made again").isZero();
            assertThat(model.calls()).isEqualTo((RUNS + ENDED_BEFORE) * Shuffled.ROUNDS);
            Shuffled.awaitDelivered(other, hook, RUNS + ENDED_BEFORE);
        }
    }

    @Test
    void callsThatTakeLongerAreBrokenOffAndMadeElsewhere() throws Exception {
        try (shuffled;
                Cluster cluster = cluster()) {
            Node node = cluster.fork("stopped", stopping("1s"));
            Served stopped = node.served();
            shuffled.deploy(stopped);
            List<String> runs = new ArrayList<>();
            for (int n = 0; n < WORKERS; n++) {
                runs.add(start(stopped, n));
            }
            await().atMost(Shuffled.LONG).until(() -> model.waiting() == WORKERS);
            Served other = cluster.here();

            Process process = node.terminate();
            long at = System.nanoTime();
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            double gone = seconds(at);
            await().atMost(Shuffled.LONG).until(() -> model.waiting() == 2 * WORKERS);
            double again = seconds(at);
            model.open();
            for (String run : runs) {
                RunResult result = other.engine().ending(run).get(3, TimeUnit.MINUTES);
                assertThat(result.spent().calls())
                        .as("calls, and the one that was broken off")
                        .isBetween((long) Shuffled.ROUNDS, Shuffled.ROUNDS + 1L);
            }

            System.out.printf(
                    "a node told to stop within 1 s: it ended after %.1f s, its %d calls were made elsewhere after"
                            + " %.1f s; %d calls, of which %d were made again%n",
                    gone, WORKERS, again, model.calls(), model.twice());
            assertThat(model.twice()).isEqualTo(WORKERS);
        }
    }

    private static int begun(Served node, String eval) {
        return node.get("/api/v1/runs?limit=200&label=batch:eval/" + eval + ".1")
                .body()
                .path("items")
                .size();
    }

    private static String start(Served node, int n) {
        Served.Answer answer = node.post(
                "/api/v1/runs",
                Map.of(
                        "workflow",
                        "shuffled",
                        "inputs",
                        Map.of("text", "one two run-" + n, "first", "one"),
                        "seed",
                        1));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    private static double seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
    }
}
