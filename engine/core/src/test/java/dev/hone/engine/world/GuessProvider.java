package dev.hone.engine.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.Usage;
import dev.hone.engine.work.Json;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Models that play a guessing game: {@code draw} guesses a number from 1 to 9 by its seed, {@code step} moves the guess in
 * its input by one towards the hint, {@code hint} says {@code higher}, {@code lower} or {@code no_issue}, {@code echo} says what it is told,
 * {@code pedant} forgets a field until it is told so, {@code stubborn} never answers with JSON, {@code silent}
 * cannot be reached, {@code climb} adds one after a pause of some milliseconds, {@code never} answers only by being cancelled, {@code flaky} is a hint that cannot be reached while
 * {@link #FLAKY} is set, {@code gated} is a hint that waits at a {@link Gate}.
 */
public final class GuessProvider implements ModelProvider {

    /** All calls answered in this JVM. */
    public static final AtomicInteger CALLS = new AtomicInteger();

    /** Whether {@code flaky} is out of order. */
    public static final AtomicBoolean FLAKY = new AtomicBoolean();

    @Override
    public String name() {
        return "guess";
    }

    @Override
    public Model open(String model, ModelSettings settings) throws ConnectorException {
        return switch (model) {
            case "draw", "step", "hint", "silent", "climb", "never", "flaky", "gated", "echo", "pedant", "stubborn" ->
                new Guesser(model);
            default ->
                throw new ConnectorException(
                        ConnectorException.Kind.UNKNOWN, "there is no model guess/" + model, "use guess/draw");
        };
    }

    /** A model that a coach has trained says what the adapter holds. */
    @Override
    public Model open(String model, ModelSettings settings, Adapter adapter) throws ConnectorException {
        if (!adapter.format().equals("says")) {
            return ModelProvider.super.open(model, settings, adapter);
        }
        return new Guesser("trained", adapter.data());
    }

    private record Guesser(String kind, String trained) implements Model {

        Guesser(String kind) {
            this(kind, "");
        }

        @Override
        public Usage atMost(ModelRequest request) {
            return new Usage(1, request.inputs().length(), request.maxTokens(), 0);
        }

        @Override
        public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
            JsonNode in = Json.read(request.inputs());
            int last = in.path("last").asInt();
            String text = switch (kind) {
                case "draw" -> String.valueOf(1 + new SplittableRandom(context.seed()).nextInt(9));
                case "step" ->
                    String.valueOf(
                            switch (in.path("hint").path("kind").asText()) {
                                case "higher" -> last + 1;
                                case "lower" -> last - 1;
                                default -> last;
                            });
                case "hint" -> hint(last, in);
                case "gated" -> {
                    Gate.pass(in.path("target").asInt());
                    yield hint(last, in);
                }
                case "flaky" -> FLAKY.get() ? nobody() : hint(last, in);
                case "climb" -> climb(last);
                case "pedant" ->
                    request.messages().getLast().text().contains("That is wrong: it has no why where a text is wanted")
                            ? "```json\n{\"guess\": 5, \"why\": \"I was told\"}\n```"
                            : "{\"guess\": 5}";
                case "stubborn" -> "No.";
                case "echo" -> request.messages().getLast().text();
                case "never" -> forever(context);
                case "trained" -> trained;
                default -> nobody();
            };
            CALLS.incrementAndGet();
            CallLog.note(context);
            return new ModelReply(text, ModelReply.Finish.STOP, new Usage(1, 10, 1, 0), "");
        }

        private static String hint(int last, JsonNode in) {
            int target = in.path("target").asInt();
            return "{\"kind\": \"%s\"}".formatted(last < target ? "higher" : last > target ? "lower" : "no_issue");
        }

        private static String climb(int last) {
            LockSupport.parkNanos(30_000_000);
            return String.valueOf(last + 1);
        }

        private static String nobody() throws ConnectorException {
            throw new ConnectorException(
                    ConnectorException.Kind.UNREACHABLE, "nobody answers at nowhere:1", "start somebody there");
        }

        private static String forever(CallContext context) throws ConnectorException {
            CountDownLatch cancelled = new CountDownLatch(1);
            try (var registration = context.cancellation().onCancel(cancelled::countDown)) {
                cancelled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new ConnectorException(ConnectorException.Kind.CANCELLED, "the call was cancelled", "start it anew");
        }

        @Override
        public boolean inProcess() {
            return true;
        }
    }
}
