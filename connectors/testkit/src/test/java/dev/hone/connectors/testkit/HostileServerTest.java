package dev.hone.connectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server as a client sees it that reads bytes: a fault that is not the one it claims to be would prove nothing. */
@Timeout(30)
class HostileServerTest {

    private static final String REPLY = "{\"answer\": \"0123456789\"}";

    @Test
    void without_a_fault_the_answer_is_good() throws Exception {
        try (HostileServer server = HostileServer.answering(REPLY)) {
            assertThat(answer(server)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + REPLY);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void faults_are_met_in_their_order() throws Exception {
        try (HostileServer server = HostileServer.answering(REPLY)) {
            server.next(Fault.UNAVAILABLE);
            server.next(Fault.HANGUP);
            server.next(Fault.TRUNCATED);
            assertThat(answer(server)).startsWith("HTTP/1.1 503 ").contains("Retry-After: 3\r\n");
            assertThat(answer(server)).isEmpty();
            assertThat(answer(server))
                    .contains("Content-Length: " + REPLY.length() + "\r\n")
                    .endsWith("\r\n\r\n" + REPLY.substring(0, REPLY.length() / 2));
            assertThat(answer(server)).endsWith(REPLY);
        }
    }

    @Test
    void a_reset_is_no_orderly_end() throws Exception {
        try (HostileServer server = HostileServer.answering(REPLY)) {
            server.next(Fault.RESET);
            assertThat(answer(server)).isEqualTo("reset");
        }
    }

    @Test
    void a_slow_answer_ends_when_the_client_leaves() throws Exception {
        try (HostileServer server = HostileServer.answering(REPLY)) {
            for (Fault slow : List.of(Fault.SILENCE, Fault.SLOW_HEAD, Fault.SLOW_BODY, Fault.ENDLESS_BODY)) {
                server.next(slow);
                try (Socket client = asking(server)) {
                    assertThat(server.awaitRequest(10)).isTrue();
                }
                assertThat(server.awaitDeparture(10)).as(slow.name()).isTrue();
            }
        }
    }

    @Test
    @Timeout(120)
    void the_same_seed_draws_the_same_faults() throws Exception {
        assertThat(draws(1)).isEqualTo(draws(1)).isNotEqualTo(draws(2));
        assertThat(draws(1)).contains("good").hasSize(24);
    }

    /** What each request met; the slow ones until the client left. */
    private static List<String> draws(long seed) throws Exception {
        try (HostileServer server = HostileServer.drawing(seed, REPLY)) {
            for (int i = 0; i < 24; i++) {
                try (Socket client = asking(server)) {
                    client.setSoTimeout(300);
                    client.getInputStream().readNBytes(12);
                } catch (IOException resetOrSlow) {
                    // What it met is known to the server.
                }
                while (server.met().size() <= i) {
                    Thread.onSpinWait();
                }
            }
            return server.met().stream()
                    .map(met -> met.fault().map(Fault::name).orElse("good"))
                    .toList();
        }
    }

    private static Socket asking(HostileServer server) throws IOException {
        Socket client = new Socket("127.0.0.1", server.baseUrl().getPort());
        client.setSoTimeout(30_000);
        client.getOutputStream()
                .write("POST /v1 HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static String answer(HostileServer server) throws IOException {
        try (Socket client = asking(server);
                InputStream in = client.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "reset";
        }
    }
}
