package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.Usage;
import dev.hone.connectors.testkit.Fault;
import dev.hone.connectors.testkit.HostileServer;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many runs at once against a server that fails in every way, in processes that are killed at random: no budget is overspent,
 * nothing is bought twice but what was in flight at a kill, no run is lost.
 *
 * <p>The property {@code hone.adversary.runs} says how many; the profile {@code nightly} runs 10,000.
 */
@Tag("slow")
class AdversaryTest {

    private static final int RUNS = Integer.getInteger("hone.adversary.runs", 150);
    private static final int KILLS = 4;
    private static final long SEED = 20;
    private static final int MOST_CALLS = 8;
    private static final long MOST_MICRO_USD = 100_000;

    private static final Pattern PLACE = Pattern.compile("run (\\d+) (\\w+) (\\w+=\\d+) end");

    /** Those that are tried again come twice, so that runs live long enough to be killed. */
    private static final List<Fault> FAULTS = List.of(
            Fault.TOO_MANY,
            Fault.TOO_MANY_SINCE_LONG,
            Fault.SERVER_ERROR,
            Fault.BAD_GATEWAY,
            Fault.OVERLOADED,
            Fault.REQUEST_TIMEOUT,
            Fault.RESET,
            Fault.RESET,
            Fault.RESET_IN_BODY,
            Fault.RESET_IN_BODY,
            Fault.HANGUP,
            Fault.HANGUP,
            Fault.HANGUP_IN_HEAD,
            Fault.TRUNCATED,
            Fault.TRUNCATED_CHUNKS,
            Fault.UNAUTHORIZED,
            Fault.SILENCE,
            Fault.SLOW_BODY,
            Fault.NOT_HTTP,
            Fault.ABSURD_LENGTH,
            Fault.MALFORMED,
            Fault.DEEP,
            Fault.ERROR_AS_SUCCESS,
            Fault.UNKNOWN_FIELDS,
            Fault.SLOW_START);

    private static final String REPLY = """
            {"id": "x", "object": "chat.completion", "model": "hostile",
             "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "A draft."}}],
             "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}}""";

    @TempDir
    Path directory;

    /** A call as the server and the ledger know it. */
    private record Call(int run, String element, String iteration) {}

    @Test
    void nothingIsOverspentBoughtTwiceOrLost() throws Exception {
        Random random = new Random(SEED);
        Path data = directory.resolve("data");
        try (HostileServer server = HostileServer.drawing(SEED, REPLY, FAULTS)) {
            int kills = 0;
            for (int i = 0; i < KILLS; i++) {
                Process host = AdversaryHost.fork(data, server.baseUrl(), RUNS);
                int until = server.requests() + RUNS / 4 + random.nextInt(RUNS / 2);
                await().atMost(Duration.ofMinutes(10))
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> server.requests() >= until || !host.isAlive());
                kills += host.isAlive() ? 1 : 0;
                host.destroyForcibly().waitFor();
            }
            Process last = AdversaryHost.fork(data, server.baseUrl(), RUNS);
            assertThat(last.waitFor(2 + RUNS / 100, TimeUnit.MINUTES))
                    .as("ends by itself")
                    .isTrue();
            assertThat(last.exitValue())
                    .as(Files.readString(directory.resolve("screen")))
                    .isZero();
            assertThat(kills)
                    .as("kills in mid-run: " + Files.readString(directory.resolve("screen")))
                    .isPositive();
            examine(data, server.met(), kills);
        }
    }

    private static void examine(Path data, List<HostileServer.Met> met, int kills) {
        Map<Call, Long> answered = met.stream()
                .filter(one -> one.sent()
                        && one.fault().flatMap(fault -> fault.expected().kind()).isEmpty())
                .map(one -> call(one.body()))
                .collect(Collectors.groupingBy(call -> call, Collectors.counting()));
        long overspent = 0;
        long boughtTwice = 0;
        long inFlight = 0;
        long uncounted = 0;
        Map<StopReason.Kind, Long> ends;
        try (Ledger ledger = Ledger.open(data)) {
            List<RunRecord> runs = ledger.latest(2 * RUNS);
            assertThat(runs.stream().map(AdversaryTest::number).sorted().toList())
                    .as("every run, each once")
                    .isEqualTo(IntStream.rangeClosed(1, RUNS).boxed().toList());
            assertThat(ledger.unfinished().stream()
                            .map(run -> ledger.events(run.id(), 0, Integer.MAX_VALUE))
                            .toList())
                    .as("lost runs")
                    .isEmpty();
            for (RunRecord run : runs) {
                List<RunEvent> events = ledger.events(run.id(), 0, Integer.MAX_VALUE);
                Usage spent = ledger.committed(run.id());
                overspent += spent.calls() > MOST_CALLS || spent.microUsd() > MOST_MICRO_USD ? 1 : 0;
                long bought = 0;
                for (Map.Entry<Call, Long> one : answered.entrySet()) {
                    if (one.getKey().run() == number(run)) {
                        bought += one.getValue();
                        long broken = brokenOff(events, one.getKey());
                        inFlight += broken;
                        boughtTwice += Math.max(0, one.getValue() - Math.max(1, 1 + broken));
                    }
                }
                uncounted += Math.max(0, bought - spent.calls());
            }
            ends = runs.stream()
                    .map(run -> History.result(ledger.events(run.id(), 0, Integer.MAX_VALUE))
                            .orElseThrow()
                            .stop()
                            .kind())
                    .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));
        }
        System.out.printf(
                "%d runs, %d kills, %d requests of which %d met a fault; ends %s; overspent %d, bought twice %d beyond the %d in"
                        + " flight, answers that no budget counted %d, lost 0%n",
                RUNS,
                kills,
                met.size(),
                met.stream().filter(one -> one.fault().isPresent()).count(),
                ends,
                overspent,
                boughtTwice,
                inFlight,
                uncounted);
        assertThat(overspent).as("overspent").isZero();
        assertThat(boughtTwice).as("bought twice").isZero();
        assertThat(uncounted).as("answers that no budget counted").isZero();
        assertThat(ends).as("runs of every kind of end").containsKeys(StopReason.Kind.LIMIT, StopReason.Kind.PROBLEM);
    }

    private static int number(RunRecord run) {
        return RunSetup.parse(run.setup()).inputs().path("run").asInt();
    }

    private static Call call(String body) {
        Matcher place = PLACE.matcher(body);
        assertThat(place.find()).as(body).isTrue();
        return new Call(Integer.parseInt(place.group(1)), place.group(2), place.group(3));
    }

    /** How many tries of a call ended without anybody knowing how: with their process, or when their time was over. */
    private static long brokenOff(List<RunEvent> events, Call call) {
        return events.stream()
                .filter(event -> event.kind() == EventKind.PROBLEM
                        && event.element().equals(call.element())
                        && event.iteration().equals(call.iteration()))
                .map(event -> Json.read(event.body()))
                .filter(AdversaryTest::unknownEnd)
                .count();
    }

    private static boolean unknownEnd(JsonNode body) {
        return body.path("what").asText().contains("the process ended during this call")
                || body.path("kind").asText().equals("TIMEOUT");
    }
}
