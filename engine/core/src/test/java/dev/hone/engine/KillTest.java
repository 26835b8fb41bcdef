package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.world.CallLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 in mid-loop: what was bought stays bought, and the run goes on where it was. */
@Tag("slow")
@Timeout(120)
class KillTest {

    private static final int ROUNDS = 60;

    @TempDir
    Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    private Path calls() {
        return directory.resolve("calls");
    }

    /** What was journaled when a process was killed, and how often each of these calls had been made by then. */
    private record Snapshot(List<String> journaled, Map<String, Long> made) {}

    @AfterEach
    void answerAsBefore() {
        System.clearProperty(CallLog.FILE);
    }

    @Test
    void aRunKilledTwiceEndsAsIfItHadNotBeen() throws Exception {
        List<Snapshot> snapshots = new ArrayList<>();

        Process first = Host.fork(data(), calls());
        String run = firstLine(first);
        killWhenCalled(first, run, 15);
        snapshots.add(snapshot(run));

        Process second = Host.fork(data(), calls());
        firstLine(second); // a run of its own, beside the one that it found
        killWhenCalled(second, run, 30);
        snapshots.add(snapshot(run));

        System.setProperty(CallLog.FILE, calls().toString());
        List<RunEvent> events;
        RunResult result;
        try (Engine engine = Engine.open(EngineOptions.at(data()))) {
            result = engine.await(run);
            events = engine.events(run);
            for (var left : engine.unfinished()) {
                engine.await(left.id());
            }
        }

        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
        assertThat(SharedEngine.places(events, EventKind.ROUND)).hasSize(ROUNDS).doesNotHaveDuplicates();
        assertThat(SharedEngine.places(events, EventKind.CALLED))
                .hasSize(ROUNDS + 1)
                .doesNotHaveDuplicates();
        Map<String, Long> made = made(run);
        for (Snapshot snapshot : snapshots) {
            assertThat(snapshot.journaled()).isNotEmpty();
            assertThat(snapshot.journaled())
                    .as("a journaled call is never made again")
                    .allSatisfy(place -> assertThat(made.get(place))
                            .isEqualTo(snapshot.made().get(place)));
        }
        assertEachRoundSawWhatTheOneBeforeLeft(events);
    }

    private static void assertEachRoundSawWhatTheOneBeforeLeft(List<RunEvent> events) {
        List<Integer> values = SharedEngine.bodies(events, EventKind.OUTPUT, "climb").stream()
                .map(body -> body.path("value").asInt())
                .toList();
        assertThat(values).hasSize(ROUNDS);
        for (int i = 1; i < values.size(); i++) {
            assertThat(values.get(i)).isEqualTo(values.get(i - 1) + 1);
        }
    }

    private Snapshot snapshot(String run) throws IOException {
        try (Ledger ledger = Ledger.open(data())) {
            return new Snapshot(
                    SharedEngine.places(ledger.events(run, 0, Integer.MAX_VALUE), EventKind.CALLED), made(run));
        }
    }

    /** How often each call was answered, by its place. */
    private Map<String, Long> made(String run) throws IOException {
        if (!Files.exists(calls())) {
            return Map.of();
        }
        return Files.readAllLines(calls()).stream()
                .filter(line -> line.startsWith(run + " "))
                .map(line -> line.substring(run.length() + 1).strip())
                .collect(Collectors.groupingBy(place -> place, Collectors.counting()));
    }

    private void killWhenCalled(Process process, String run, int places) throws InterruptedException {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> made(run).size() >= places);
        process.destroyForcibly().waitFor();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}
