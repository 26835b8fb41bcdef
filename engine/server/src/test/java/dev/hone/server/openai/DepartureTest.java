package dev.hone.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.engine.Engine;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.server.Served;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a run whose caller goes away. */
@Tag("slow")
class DepartureTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Served server = Front.served();
    private final Engine engine = server.engine();

    private static String body(String label, boolean stream) {
        return "{\"model\": \"hone/say\", \"messages\": [{\"role\": \"user\", \"content\": \"x y\"}], \"stream\": "
                + stream + ", \"metadata\": {\"departure\": \"" + label + "\"}}";
    }

    /** Asks, waits until the model is asked, and hangs up. @return the run */
    private String askAndLeave(String label, boolean stream, String headers) throws IOException {
        int before = Front.MODELS.requests();
        byte[] body = body(label, stream).getBytes(StandardCharsets.UTF_8);
        try (Socket socket =
                new Socket(server.address().getHost(), server.address().getPort())) {
            socket.getOutputStream()
                    .write(
                            ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                            + headers + "Content-Length: " + body.length + "\r\n\r\n")
                                    .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            await().atMost(PATIENCE).until(() -> Front.MODELS.requests() > before);
        }
        return engine.runs(RunQuery.of("default").withLabel("departure", label))
                .runs()
                .getFirst()
                .id();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itsRunIsCancelled(boolean stream) throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        int hangups = Front.MODELS.hangups();
        Front.MODELS.next(new Misbehaviour.Drip(gate));

        String run = askAndLeave("cancelled-" + stream, stream, "");

        await().atMost(PATIENCE).until(() -> engine.result(run).isPresent());
        assertThat(engine.result(run).map(RunResult::stop).map(StopReason::kind))
                .contains(StopReason.Kind.CANCELLED);
        await().atMost(PATIENCE).until(() -> Front.MODELS.hangups() > hangups);
    }

    @Test
    void whoHasNamedTheRequestAsksAgainAndGetsTheSameRun() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        Front.MODELS.next(new Misbehaviour.Hold(gate));
        String run = askAndLeave("named", false, "Idempotency-Key: once\r\n");
        int requests = Front.MODELS.requests();

        gate.countDown();
        Served.Answer again =
                server.ask("POST", "/v1/chat/completions", body("named", false), Map.of("Idempotency-Key", "once"));

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.header("Hone-Run")).isEqualTo(run);
        assertThat(again.body().at("/choices/0/message/content").asText()).isEqualTo("x y");
        assertThat(Front.MODELS.requests()).isEqualTo(requests);
        Served.Answer other = server.ask(
                "POST",
                "/v1/chat/completions",
                body("named", false).replace("x y", "z"),
                Map.of("Idempotency-Key", "once"));
        assertThat(other.body().at("/error/code").asText()).isEqualTo("KEY_REUSED");
    }
}
