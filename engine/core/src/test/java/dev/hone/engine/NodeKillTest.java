package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hone.broker.EmbeddedBroker;
import dev.hone.engine.ledger.DatabaseAddress;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.PostgresServer;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Json;
import dev.hone.engine.world.CallLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 of one of two nodes in the middle of many runs: the other goes on with all of them, as if nothing had been. */
@Tag("slow")
@Timeout(420)
class NodeKillTest {

    /** Half of them are started by either node. */
    private static final int RUNS = 44;

    private static final int SEEDS = 8;

    /** So long the runs stand still that the killed node was at. */
    static final Duration LEASE = Duration.ofSeconds(12);

    private static final int ROUNDS = 25;
    private static final int CALLS = RUNS * (ROUNDS + 1);

    @TempDir
    Path directory;

    private final Set<String> undisturbedRuns = new HashSet<>();

    static RunRequest request(int run) {
        return SharedEngine.target(5).withParam("rounds", ROUNDS).withSeed(run % SEEDS);
    }

    @AfterEach
    void answerAsBefore() {
        System.clearProperty(CallLog.FILE);
    }

    @Test
    void theRunsOfAKilledNodeEndOnTheOtherAsTheyWouldHave() throws Exception {
        DatabaseAddress address = PostgresServer.fresh();
        Path survivors = directory.resolve("survivors");
        Path victims = directory.resolve("victims");
        System.setProperty(CallLog.FILE, survivors.toString());
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"));
                Engine engine = Engine.open(EngineOptions.at(directory)
                        .withDatabase(address)
                        .withGateway(broker.gatewayAddress())
                        .withLease(LEASE))) {
            Map<Long, RunResult> undisturbed = undisturbed(engine);
            Files.deleteIfExists(survivors);

            Process victim = NodeHost.fork(address, broker.gatewayAddress(), victims, RUNS / 2);
            Instant killed;
            Set<String> journaled;
            List<String> madeBefore;
            try (BufferedReader said = NodeHost.said(victim)) {
                assertThat(said.readLine()).isEqualTo("open");
                var program = engine.deploy(SharedEngine.source("long"));
                for (int run = RUNS / 2; run < RUNS; run++) {
                    engine.start(program, request(run));
                }
                for (int run = 0; run < RUNS / 2; run++) {
                    assertThat(said.readLine()).isNotNull();
                }
                await().atMost(Duration.ofSeconds(120))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> calls(victims).size() + calls(survivors).size() >= CALLS / 3);
            } finally {
                victim.destroyForcibly().waitFor();
                killed = Instant.now();
                journaled = journaled(engine);
                madeBefore = all(victims, survivors);
            }
            assertThat(calls(victims)).as("calls of the killed node").isNotEmpty();
            assertThat(engine.unfinished()).as("runs in the middle").isNotEmpty();

            List<RunRecord> runs = engine.latest(2 * RUNS).stream()
                    .filter(run -> !undisturbedRuns.contains(run.id()))
                    .toList();
            assertThat(runs).hasSize(RUNS);
            for (RunRecord run : runs) {
                RunResult result = engine.await(run.id());
                RunResult same = Objects.requireNonNull(undisturbed.get(seed(run)));
                assertThat(result.stop().kind()).isEqualTo(same.stop().kind());
                assertThat(result.best().orElseThrow().value())
                        .isEqualTo(same.best().orElseThrow().value());
                List<RunEvent> events = engine.events(run.id());
                assertThat(events)
                        .extracting(RunEvent::seq)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, events.size()).boxed().toList());
                assertThat(SharedEngine.places(events, EventKind.CALLED))
                        .hasSize(ROUNDS + 1)
                        .doesNotHaveDuplicates();
                assertThat(events)
                        .filteredOn(event -> event.kind() == EventKind.RUN_STARTED)
                        .hasSize(1);
            }
            Map<String, Long> made = count(all(victims, survivors));
            Map<String, Long> before = count(madeBefore);
            assertThat(journaled)
                    .as("what was kept is not bought again")
                    .isNotEmpty()
                    .allSatisfy(place -> assertThat(made.get(place)).isEqualTo(before.get(place)));
            long twice = made.values().stream().filter(times -> times > 1).count();
            assertThat(twice).as("calls that were in flight").isLessThanOrEqualTo(RUNS);
            report(engine, runs, killed, twice);
        }
    }

    /** How runs of these seeds end on one node, by seed. */
    private Map<Long, RunResult> undisturbed(Engine engine) throws InterruptedException {
        var program = engine.deploy(SharedEngine.source("long"));
        Map<Long, RunResult> results = new HashMap<>();
        for (int run = 0; run < SEEDS; run++) {
            undisturbedRuns.add(engine.start(program, request(run)));
        }
        for (String run : undisturbedRuns) {
            results.put(seed(engine.run(run)), engine.await(run));
        }
        return results;
    }

    private static long seed(RunRecord run) {
        return Json.read(run.setup()).path("seed").asLong();
    }

    /** Where calls of the runs have been kept, each as {@code run element iteration}. */
    private Set<String> journaled(Engine engine) {
        Set<String> places = ConcurrentHashMap.newKeySet();
        engine.latest(2 * RUNS).stream()
                .filter(run -> !undisturbedRuns.contains(run.id()))
                .forEach(run -> SharedEngine.places(engine.events(run.id()), EventKind.CALLED)
                        .forEach(place -> places.add(run.id() + " " + place)));
        return places;
    }

    private static List<String> calls(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(String::strip).toList()
                : List.of();
    }

    private static List<String> all(Path one, Path other) throws IOException {
        List<String> all = new ArrayList<>(calls(one));
        all.addAll(calls(other));
        return all;
    }

    private static Map<String, Long> count(List<String> places) {
        return places.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** How long the runs that stood still did so. */
    private static void report(Engine engine, List<RunRecord> runs, Instant killed, long twice) {
        List<Duration> still = new ArrayList<>();
        for (RunRecord run : runs) {
            List<Instant> times =
                    engine.events(run.id()).stream().map(RunEvent::at).toList();
            for (int i = 1; i < times.size(); i++) {
                Duration gap = Duration.between(times.get(i - 1), times.get(i));
                if (times.get(i).isAfter(killed) && gap.compareTo(LEASE.dividedBy(2)) > 0) {
                    still.add(Duration.between(killed, times.get(i)));
                }
            }
        }
        System.out.printf(
                "%d of %d runs stood still at the kill; taken over after %s to %s; %d calls made twice%n",
                still.size(),
                runs.size(),
                still.stream().min(Duration::compareTo).orElse(Duration.ZERO),
                still.stream().max(Duration::compareTo).orElse(Duration.ZERO),
                twice);
    }
}
