package dev.hone.connectors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.connectors.testkit.Refusals;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that nobody waits for any more is really over: the server sees its connection closed. */
@Timeout(30)
class ChatCancellationTest {

    /** A server that reads a request, says nothing, and notices when the other side leaves. */
    private static final class Silent implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        final CountDownLatch asked = new CountDownLatch(1);
        final CompletableFuture<Boolean> left = new CompletableFuture<>();

        Silent() throws Exception {
            Thread.ofVirtual().start(() -> {
                try (Socket client = listening.accept()) {
                    InputStream in = client.getInputStream();
                    in.read();
                    asked.countDown();
                    while (in.read() >= 0) {}
                    left.complete(true);
                } catch (SocketException reset) {
                    left.complete(true);
                } catch (Exception e) {
                    left.completeExceptionally(e);
                }
            });
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
        }

        @Override
        public void close() throws Exception {
            listening.close();
        }
    }

    @Test
    void cancelling_the_run_closes_the_connection() throws Exception {
        try (Silent server = new Silent()) {
            Cancellation run = new Cancellation();
            Thread.ofVirtual().start(() -> {
                await(server.asked);
                run.cancel();
            });
            ConnectorException e =
                    Refusals.of(Kind.CANCELLED, () -> call(server.address(), Duration.ofMinutes(1), run));
            assertThat(e.what()).contains(server.address().toString());
            assertThat(server.left.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void the_timeout_closes_the_connection() throws Exception {
        try (Silent server = new Silent()) {
            ConnectorException e =
                    Refusals.of(Kind.TIMEOUT, () -> call(server.address(), Duration.ofMillis(300), new Cancellation()));
            assertThat(e.what()).isEqualTo(server.address() + " did not answer within 0.3 s");
            assertThat(server.left.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void interrupting_the_thread_closes_the_connection_and_keeps_the_interrupt() throws Exception {
        try (Silent server = new Silent()) {
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                Refusals.of(Kind.CANCELLED, () -> call(server.address(), Duration.ofMinutes(1), new Cancellation()));
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            await(server.asked);
            caller.interrupt();
            assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.left.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void the_timeout_also_ends_an_answer_that_only_drips() {
        try (OpenAiServer server = OpenAiServer.serving("echo", new EchoModel())) {
            server.next(new Misbehaviour.Drip(new CountDownLatch(1)));
            Refusals.of(Kind.TIMEOUT, () -> call(server.baseUrl(), Duration.ofMillis(300), new Cancellation()));
            while (server.hangups() == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_slow_answer_within_the_timeout_is_taken() throws Exception {
        try (OpenAiServer server = OpenAiServer.serving("echo", new EchoModel())) {
            CountDownLatch gate = new CountDownLatch(1);
            server.next(new Misbehaviour.Hold(gate));
            CompletableFuture<Object> reply = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    reply.complete(call(server.baseUrl(), Duration.ofMinutes(1), new Cancellation()));
                } catch (ConnectorException e) {
                    reply.completeExceptionally(e);
                }
            });
            assertThat(reply).isNotDone();
            gate.countDown();
            assertThat(reply.get(10, TimeUnit.SECONDS)).hasFieldOrPropertyWithValue("text", "one two three");
        }
    }

    private static Object call(URI address, Duration timeout, Cancellation run) throws ConnectorException {
        return new ChatProvider.Compatible()
                .open("echo", Calls.at(address))
                .generate(Calls.HELLO, Calls.within(timeout, run));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the server was never asked");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
