package dev.hone.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.Question;
import dev.hone.engine.work.Json;
import dev.hone.server.Listener;
import dev.hone.server.Listener.Heard;
import dev.hone.server.Samples;
import dev.hone.server.Served;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever listens hears every event once and in order, whatever cuts them off. */
@Tag("slow")
class EventsTest {

    private static final int RUNS = 200;
    private static final int CLIENTS = 50;

    private static final Served SERVER = Served.shared();

    @TempDir
    Path directory;

    @BeforeAll
    static void deploy() {
        deploy(SERVER);
    }

    private static void deploy(Served server) {
        for (String text : new String[] {Samples.HAIKU, Samples.GATE, Samples.ROUNDS}) {
            server.post("/api/v1/workflows", Map.of("text", text));
        }
    }

    private static String start(Served server, String workflow, Map<String, Object> inputs) {
        return server.post("/api/v1/runs", Map.of("workflow", workflow, "inputs", inputs))
                .body()
                .path("id")
                .asText();
    }

    /** As a client does that is told that the broker is too busy: again, with the same key. */
    private static String startSurely(String key) {
        return await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> SERVER.ask(
                                "POST", "/api/v1/runs", Map.of("workflow", "rounds"), Map.of("Idempotency-Key", key)),
                        answer -> answer.status() == 201)
                .body()
                .path("id")
                .asText();
    }

    private static String stream(String run) {
        return "/api/v1/runs/" + run + "/events/stream";
    }

    /** All that a stream says until it ends. */
    private static List<Heard> toTheEnd(Served server, String run, String after) {
        return Listener.listen(server, stream(run), after, heard -> false);
    }

    private static void isWhole(List<Heard> heard) {
        assertThat(heard.stream().map(one -> Long.parseLong(one.id())).toList())
                .isEqualTo(LongStream.rangeClosed(1, heard.size()).boxed().toList());
        assertThat(heard.getLast().name()).isEqualTo("RUN_FINISHED");
    }

    private static List<Heard> numbered(List<Heard> heard) {
        return heard.stream().filter(one -> !one.id().isEmpty()).toList();
    }

    @Test
    void theStreamEndsWithTheRun() {
        String run = start(SERVER, "rounds", Map.of());

        List<Heard> heard = toTheEnd(SERVER, run, "");

        isWhole(heard);
        JsonNode listed = SERVER.get("/api/v1/runs/" + run + "/events").body().path("items");
        assertThat(heard.stream().map(Heard::data).toList())
                .isEqualTo(Json.MAPPER.convertValue(listed, List.class).stream()
                        .map(Json::node)
                        .toList());
    }

    @Test
    void whoIsCutOffGoesOnBehindTheLastEventThatTheyHave() {
        String run = start(SERVER, "rounds", Map.of());
        List<Heard> all = new ArrayList<>();
        String last = "";
        while (all.isEmpty() || !all.getLast().name().equals("RUN_FINISHED")) {
            all.addAll(Listener.listen(SERVER, stream(run), last, heard -> heard.size() == 2));
            last = all.getLast().id();
        }

        isWhole(all);
    }

    @Test
    void behindTheLastEventThereIsNoContent() throws Exception {
        String run = start(SERVER, "haiku", Samples.PLAIN);
        SERVER.engine().await(run);
        int last = SERVER.engine().events(run).size();

        assertThat(SERVER.ask("GET", stream(run), null, Map.of("Last-Event-ID", "" + last))
                        .status())
                .isEqualTo(204);
        assertThat(SERVER.ask("GET", stream(run), null, Map.of("Last-Event-ID", "soon"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRestartOfTheServerIsNoMoreThanACut() {
        List<Heard> heard;
        String run;
        try (Served first = Served.start(directory, Map.of())) {
            deploy(first);
            run = start(first, "gate", Map.of());
            await().until(() -> !first.engine().questions(run).isEmpty());
            heard = new ArrayList<>(Listener.listen(first, stream(run), "", known -> known.size() == 3));
        }
        try (Served second = Served.start(directory, Map.of())) {
            Question question = second.engine().questions(run).getFirst();
            second.engine().answer(question, Json.object().put("approved", true));
            heard.addAll(toTheEnd(second, run, heard.getLast().id()));
        }

        isWhole(heard);
    }

    @Test
    void heartbeatsComeWhileNothingHappensAndWhatModelsWriteComesWhenItIsAskedFor() {
        try (Served lively = Served.start(directory, Map.of("hone.heartbeat", "50ms"))) {
            deploy(lively);
            String gate = start(lively, "gate", Map.of());
            List<Heard> beats = Listener.listen(
                    lively,
                    stream(gate) + "?live=true",
                    "",
                    heard -> heard.stream()
                                    .filter(one -> one.name().equals("heartbeat"))
                                    .count()
                            > 2);

            assertThat(numbered(beats)).isNotEmpty();
            assertThat(beats.stream().filter(one -> one.name().equals("heartbeat")))
                    .allSatisfy(beat -> assertThat(beat.id()).isEmpty());
        }
    }

    @Test
    void twoHundredRunsAndFiftyListenersLoseNoEvent() throws Exception {
        long begin = System.nanoTime();
        List<String> runs = new ArrayList<>();
        int events = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> starting = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                String key = "crowd-" + i + "-" + begin;
                starting.add(threads.submit(() -> startSurely(key)));
            }
            for (Future<String> one : starting) {
                runs.add(one.get());
            }
            List<Callable<List<Heard>>> listeners = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String run = runs.get(i * RUNS / CLIENTS);
                listeners.add(() -> toTheEnd(SERVER, run, ""));
            }
            for (Future<List<Heard>> one : threads.invokeAll(listeners)) {
                List<Heard> heard = numbered(one.get()); // without heartbeats
                isWhole(heard);
                events += heard.size();
            }
        }
        for (String run : runs) {
            SERVER.engine().ending(run).get();
        }
        System.out.printf(
                "%d runs at once, %d listeners: %d events heard, 0 lost, 0 twice, %.1f s%n",
                RUNS,
                CLIENTS,
                events,
                Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
    }
}
