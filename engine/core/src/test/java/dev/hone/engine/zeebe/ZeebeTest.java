package dev.hone.engine.zeebe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.broker.BrokerOptions;
import dev.hone.broker.EmbeddedBroker;
import dev.hone.broker.Incident;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On the broker that users get. */
@Tag("slow")
@Timeout(60)
class ZeebeTest {

    @TempDir
    static Path data;

    static final BlockingQueue<Incident> INCIDENTS = new ArrayBlockingQueue<>(10);
    static EmbeddedBroker broker;
    Zeebe zeebe;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(data, BrokerOptions.defaults().withOnIncident(INCIDENTS::add));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void connect() {
        zeebe = Zeebe.connect(broker.gatewayAddress(), Processes.LEASE);
        zeebe.awaitReady(Duration.ofSeconds(20));
    }

    @AfterEach
    void disconnect() {
        zeebe.close();
    }

    @Test
    void branchesRunInParallelAndALoopEndsWhenItsConditionSaysSo() throws Exception {
        byte[] bpmn = Processes.branchAndLoop();
        var process = zeebe.deploy("branch-and-loop.bpmn", bpmn);
        assertThat(zeebe.deploy("branch-and-loop.bpmn", bpmn)).isEqualTo(process);

        AtomicInteger turns = new AtomicInteger();
        var allThree = new java.util.concurrent.CyclicBarrier(3);
        zeebe.work("each", 8, job -> {
            allThree.await(30, TimeUnit.SECONDS); // passes only when three run at the same time
            return new Outcome.Done("{\"result\": \"did " + job.variables().replaceAll("\\D", "") + "\"}");
        });
        zeebe.work("count", 8, job -> new Outcome.Done("{\"n\": " + turns.incrementAndGet() + "}"));
        CompletableFuture<Job> end = new CompletableFuture<>();
        zeebe.work("finish", 8, job -> {
            end.complete(job);
            return Outcome.done();
        });

        long instance = zeebe.start(process.key(), "{\"items\": [1, 2, 3], \"n\": 0}");
        Job last = end.get(30, TimeUnit.SECONDS);
        assertThat(last.instanceKey()).isEqualTo(instance);
        assertThat(last.elementId()).isEqualTo("finish");
        assertThat(turns).hasValue(3);
        assertThat(last.variables()).contains("results").contains("\"n\":3");
    }

    @Test
    void aRetryComesAgainWithItsCountAndAnOutcomeForACancelledInstanceIsIgnored() throws Exception {
        var process = zeebe.deploy("one-step.bpmn", Processes.oneStep());
        BlockingQueue<Job> seen = new ArrayBlockingQueue<>(10);
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        try (var worker = zeebe.work("step", 1, job -> {
            seen.add(job);
            if (job.retries() == 3) {
                return new Outcome.Retry(Duration.ofMillis(50), "busy", 2);
            }
            cancelled.get(30, TimeUnit.SECONDS);
            return Outcome.done();
        })) {
            long instance = zeebe.start(process.key(), "{}");
            Job first = seen.take();
            Job second = seen.take();
            assertThat(second.key()).isEqualTo(first.key());
            assertThat(second.retries()).isEqualTo(2);
            assertThat(zeebe.cancel(instance)).isTrue();
            cancelled.complete(null);
            assertThat(zeebe.cancel(instance)).isFalse();
            // The worker lives on.
            zeebe.start(process.key(), "{}");
            assertThat(seen.take().retries()).isEqualTo(3);
        }
    }

    @Test
    void anErrorIsCaughtByItsBoundaryEventAndAnIncidentIsTold() throws Exception {
        var process = zeebe.deploy("error-then-incident.bpmn", Processes.errorThenIncident());
        try (var worker = zeebe.work("step", 4, job -> new Outcome.Raise("TOO_BAD", "it went badly"))) {
            long instance = zeebe.start(process.key(), "{}");
            Incident incident = INCIDENTS.poll(30, TimeUnit.SECONDS);
            assertThat(incident).isNotNull();
            assertThat(incident.instanceKey()).isEqualTo(instance);
            assertThat(incident.elementId()).isEqualTo("fork");
            assertThat(incident.message()).contains("missing > 3");
            zeebe.cancel(instance);
        }
    }

    @Test
    void aRetryWithoutRetriesLeftCannotBeSaid() {
        assertThatThrownBy(() -> new Outcome.Retry(Duration.ZERO, "no", 0)).hasMessageContaining("Raise");
    }

    @Test
    void whatZeebeCannotReadIsRefusedInItsWords() {
        assertThatThrownBy(() -> zeebe.deploy("broken.bpmn", new byte[] {'<'}))
                .isInstanceOf(ZeebeException.Rejected.class)
                .hasMessageContaining("broken.bpmn");
        assertThatThrownBy(() -> zeebe.start(42, "{}"))
                .isInstanceOf(ZeebeException.Rejected.class)
                .hasMessageContaining("42");
    }

    @Test
    void aGatewayThatDoesNotAnswerIsNamedWithTheWayOut() {
        try (Zeebe nowhere = Zeebe.connect(URI.create("http://127.0.0.1:9"), Processes.LEASE)) {
            assertThatThrownBy(() -> nowhere.awaitReady(Duration.ofMillis(500)))
                    .isInstanceOf(ZeebeException.Unreachable.class)
                    .hasMessageContaining("127.0.0.1:9")
                    .hasMessageContaining("embedded broker");
            assertThatThrownBy(() -> nowhere.start(1, "{}")).isInstanceOf(ZeebeException.Unreachable.class);
        }
    }
}
