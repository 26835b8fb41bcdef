package dev.hone.connectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.SecretRef;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What everything that speaks HTTP must make of a hostile server: it classifies each {@link Fault}, is tried once, honours
 * its deadline, leaves when it is cancelled or interrupted, is as good as new afterwards, and keeps its secret.
 */
@Timeout(60)
public abstract class RemoteContract {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(250);
    /** Far less than {@link #LONG}: who ends within it has not waited for the deadline. */
    private static final long PATIENCE_SECONDS = 10;

    private static final int DRAWS = 48;

    private final Logged seen = new Logged();
    private HostileServer server = HostileServer.answering("");

    /**
     * Makes a call that {@link #reply()} answers.
     *
     * @param key to be sent with it
     */
    protected abstract Object call(URI address, SecretRef key, CallContext context) throws ConnectorException;

    /** The body of a good answer. */
    protected abstract String reply();

    /** A key that is set in the environment of the tests. */
    protected abstract SecretRef key();

    /** Faults that this protocol cannot meet, since what they answer is a good answer in it. */
    protected Set<Fault> cannot() {
        return Set.of();
    }

    /** Everything that is logged, whatever the level. */
    private static final class Logged extends Handler {
        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord record) {
            StringWriter text = new StringWriter();
            text.append(record.getMessage()).append(" ").append(Arrays.toString(record.getParameters()));
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(text));
            }
            lines.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        server.close();
        server = HostileServer.answering(reply());
        Logger root = Logger.getLogger("");
        root.setLevel(Level.ALL);
        root.addHandler(seen);
    }

    @AfterEach
    void close() {
        Logger.getLogger("").removeHandler(seen);
        Logger.getLogger("").setLevel(Level.INFO);
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void each_fault_is_told_apart_and_tried_once_and_leaves_nothing_behind(Fault fault) throws Exception {
        if (cannot().contains(fault)) {
            return;
        }
        server.next(fault);
        Optional<Kind> kind = fault.expected().kind();
        CallContext context = context(kind.equals(Optional.of(Kind.TIMEOUT)) ? SHORT : LONG, new Cancellation());
        if (kind.isPresent()) {
            ConnectorException e = Refusals.of(kind.get(), () -> call(server.baseUrl(), key(), context));
            assertThat(e.retryAfter()).isEqualTo(fault.expected().after());
            assertThat(e.what()).contains(server.baseUrl().toString()).doesNotContain("Exception");
            assertThat(trace(e)).doesNotContain(key().resolve());
        } else {
            assertThat(call(server.baseUrl(), key(), context)).isNotNull();
        }
        assertThat(server.requests()).isEqualTo(1);
        assertThat(call(server.baseUrl(), key(), context(LONG, new Cancellation())))
                .as("the same call again, on a server that is well")
                .isNotNull();
        assertThat(seen.lines).noneMatch(line -> line.contains(secret()));
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENCE", "SLOW_HEAD", "SLOW_BODY"})
    void a_cancelled_run_leaves_the_server(Fault fault) throws Exception {
        Cancellation run = new Cancellation();
        leaves(fault, context(LONG, run), caller -> run.cancel());
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENCE", "SLOW_HEAD", "SLOW_BODY"})
    void an_interrupted_thread_leaves_the_server(Fault fault) throws Exception {
        leaves(fault, context(LONG, new Cancellation()), Thread::interrupt);
    }

    private void leaves(Fault fault, CallContext context, Consumer<Thread> stop) throws Exception {
        server.next(fault);
        CompletableFuture<Kind> end = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                call(server.baseUrl(), key(), context);
                end.completeExceptionally(new AssertionError("there was an answer"));
            } catch (ConnectorException e) {
                end.complete(e.kind());
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        assertThat(server.awaitRequest(PATIENCE_SECONDS)).isTrue();
        stop.accept(caller);
        assertThat(caller.join(Duration.ofSeconds(PATIENCE_SECONDS)))
                .as("it ends long before its deadline")
                .isTrue();
        assertThat(end).isCompletedWithValue(Kind.CANCELLED);
        assertThat(server.awaitDeparture(PATIENCE_SECONDS)).isTrue();
    }

    @Test
    void many_calls_at_once_each_end_with_a_reply_or_a_reason() throws Exception {
        try (HostileServer drawing = HostileServer.drawing(20, reply())) {
            List<String> ends = Together.run(DRAWS, i -> {
                try {
                    return call(drawing.baseUrl(), key(), context(SHORT.multipliedBy(8), new Cancellation()))
                            .getClass()
                            .getSimpleName();
                } catch (ConnectorException e) {
                    return e.kind().name();
                }
            });
            assertThat(ends).hasSize(DRAWS).doesNotContain(Kind.UNREACHABLE.name(), Kind.CANCELLED.name());
            assertThat(Set.copyOf(ends)).hasSizeGreaterThan(3);
            assertThat(drawing.requests()).isEqualTo(DRAWS);
        }
    }

    private static CallContext context(Duration timeout, Cancellation cancellation) {
        return new CallContext("contract", "step", "", 1, 1, timeout, cancellation);
    }

    private static String trace(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private String secret() {
        try {
            return key().resolve();
        } catch (ConnectorException e) {
            throw new AssertionError(e);
        }
    }
}
