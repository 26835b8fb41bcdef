package dev.hone.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hone.server.Samples;
import dev.hone.server.Served;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs are asked for while the broker is away: they are kept, and begin when it is back. */
@Tag("slow")
class BrokerAwayTest {

    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void aRunThatTheBrokerDoesNotHearOfBeginsWhenItIsBack() throws Exception {
        try (Gateway gateway = new Gateway(directory.resolve("broker"));
                Cluster cluster = Cluster.start(directory, gateway.address(), Map.of())) {
            Served node = cluster.here();
            deploy(node, Samples.HAIKU);
            String first = start(node, "haiku");
            node.engine().ending(first).get(3, TimeUnit.MINUTES);
            deploy(node, Samples.HAIKU.replace("name: haiku", "name: unheard"));
            assertThat(ready(node)).isEqualTo(200);

            gateway.stop();
            await().atMost(LONG).until(() -> ready(node) == 503);
            long asked = System.nanoTime();
            String known = start(node, "haiku");
            double answeredKnown = seconds(asked);
            long askedOther = System.nanoTime();
            String unheard = start(node, "unheard"); // of which the broker has not been told, either
            double answeredUnheard = seconds(askedOther);
            assertThat(ready(node)).isEqualTo(503);
            assertThat(node.get("/health/liveness").status()).isEqualTo(200);
            List<String> states = Stream.of(known, unheard)
                    .map(run -> node.get("/api/v1/runs/" + run)
                            .body()
                            .at("/run/state")
                            .asText())
                    .toList();

            long back = System.nanoTime();
            gateway.startAgain();
            double up = seconds(back);
            await().atMost(LONG).until(() -> ready(node) == 200);
            double readyAfter = seconds(back);
            node.engine().ending(known).get(3, TimeUnit.MINUTES);
            node.engine().ending(unheard).get(3, TimeUnit.MINUTES);

            System.out.printf(
                    "two runs asked for while the broker was away: answered after %.2f and %.2f s, %s; the broker was"
                            + " up %.1f s after its start, the node ready after %.1f s, both runs at their end after %.1f s%n",
                    answeredKnown, answeredUnheard, states, up, readyAfter, seconds(back));
            for (String run : List.of(known, unheard)) {
                assertThat(node.get("/api/v1/runs/" + run)
                                .body()
                                .at("/result/spent/calls")
                                .asInt())
                        .isEqualTo(1);
            }
        }
    }

    private static int ready(Served node) {
        return node.get("/health/readiness").status();
    }

    private static void deploy(Served node, String text) {
        Served.Answer answer = node.post("/api/v1/workflows", Map.of("text", text));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static String start(Served node, String workflow) {
        Served.Answer answer = node.post("/api/v1/runs", Map.of("workflow", workflow, "inputs", Samples.PLAIN));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    private static double seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
    }
}
