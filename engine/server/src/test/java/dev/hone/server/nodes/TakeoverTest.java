package dev.hone.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.server.Served;
import dev.hone.server.nodes.Cluster.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is killed in the middle of an evaluation and of sending webhooks: the other one ends both. */
@Tag("slow")
class TakeoverTest {

    private static final int TASKS = 10;
    private static final int SEEDS = 2;

    /** Of the workflow, and of an arm with one round. */
    private static final int RUNS = 2 * TASKS * SEEDS;

    private static final int CALLS = TASKS * SEEDS * (Shuffled.ROUNDS + 1);
    private static final int PARALLEL = 12;

    /** As many messages as a node sends at a time. */
    private static final int HELD = 16;

    @TempDir
    Path directory;

    private static Map<String, Object> request() {
        return Map.of(
                "workflow",
                "shuffled",
                "tasks",
                Shuffled.tasks(TASKS),
                "seeds",
                SEEDS,
                "parallel",
                PARALLEL,
                "plan",
                "arms: {short: {params: {rounds: 1}}}");
    }

    @Test
    void anEvaluationAndMessagesOfAKilledNodeAreTheOthers() throws Exception {
        try (Shuffled shuffled = new Shuffled();
                Receiver receiver = new Receiver();
                Cluster cluster = Cluster.start(
                        directory,
                        Map.of(
                                "hone.lease", "12s",
                                "hone.allow.base-urls", shuffled.host(),
                                "hone.allow.private-webhooks", "true",
                                "hone.webhooks.master-key-variable", "HONE_TEST_OPERATOR_KEY",
                                "hone.webhooks.first-retry", "200ms"))) {
            GatedModel model = shuffled.model;
            Node node = cluster.fork("killed", Map.of());
            Served killed = node.served();
            shuffled.deploy(killed);
            String hook = Shuffled.hook(killed, receiver);
            String eval = Shuffled.evaluate(killed, request());
            Served survivor = cluster.here();

            model.admit(CALLS - PARALLEL);
            await().atMost(Shuffled.LONG)
                    .until(() -> model.waiting() == PARALLEL && receiver.came().size() > HELD); // each of them has some
            int held = receiver.came().size();
            node.kill();
            long at = System.nanoTime();
            model.open();
            receiver.open();

            JsonNode measured = Shuffled.measured(survivor, eval);
            System.out.printf(
                    "an evaluation of %d runs, its node killed with %d calls under way: ended by the other node %.0f s"
                            + " after the kill; %d calls, of which %d were made again%n",
                    RUNS, PARALLEL, seconds(at), model.calls(), model.twice());
            assertThat(model.asked()).as("what was asked").hasSize(CALLS);
            assertThat(model.twice()).as("calls that were under way").isBetween(1, PARALLEL);
            assertThat(survivor.engine()
                            .runs(RunQuery.of("default")
                                    .withLabel("batch", "eval/" + eval + ".1")
                                    .withLimit(200))
                            .runs())
                    .as("one run of each unit")
                    .hasSize(RUNS);

            Shuffled.awaitDelivered(survivor, hook, RUNS);
            Map<String, Integer> came = receiver.came();
            System.out.printf(
                    "%d messages, %d of them under way at the kill: all arrived, the last one %.0f s after the kill;"
                            + " %d requests, as %d messages came again%n",
                    came.size(),
                    held,
                    seconds(at),
                    came.values().stream().mapToInt(Integer::intValue).sum(),
                    came.values().stream().filter(times -> times > 1).count());
            assertThat(receiver.answered().keySet()).hasSize(RUNS);

            JsonNode undisturbed = Shuffled.measured(survivor, Shuffled.evaluate(survivor, request()));
            assertThat(told(measured)).isEqualTo(told(undisturbed)).hasSize(RUNS);
            assertThat(measured.path("arms")).isEqualTo(undisturbed.path("arms"));
        }
    }

    private static double seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
    }

    /** What a report says of each run but for its costs, to which calls belong that were lost. */
    private static List<String> told(JsonNode measured) {
        return measured.path("rows")
                .valueStream()
                .map(row -> ((ObjectNode) row.deepCopy())
                        .without(List.of("run", "calls", "tokens", "microUsd", "seconds", "course"))
                        .toString())
                .toList();
    }
}
