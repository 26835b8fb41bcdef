package dev.hone.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hone.dsl.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest extends LedgerContract {

    @TempDir
    Path directory;

    @Override
    Ledger open() {
        return Ledger.open(directory.resolve("contract"));
    }

    /** Each of two thousand commits writes some 30 KB, of which next to nothing stays in use. */
    @Test
    void theFileOfALedgerThatWasClosedIsNotMuchLargerThanWhatItKeeps() throws IOException {
        Path data = directory.resolve("small");
        try (Ledger ledger = Ledger.open(data)) {
            ledger.putProgram(new ProgramRecord("p".repeat(64), "poem", "poem.yaml", "text", Map.of()));
            for (int i = 0; i < 400; i++) {
                RunRecord run = new RunRecord("run-" + i, "poem", "p".repeat(64), "{}", Instant.now());
                ledger.createRun(run);
                for (int attempt = 1; attempt <= 4; attempt++) {
                    ledger.append(run.id(), new NewEvent("draft", "", attempt, EventKind.PROBLEM, "{}"));
                }
            }
        }
        assertThat(Files.size(data.resolve("ledger.mv.db"))).isLessThan(8 << 20);
    }

    @Test
    @Tag("slow")
    void everyAcknowledgedEventOutlivesAKillMinusNine() throws Exception {
        everyAcknowledgedEventOutlivesKills(3, Duration.ZERO);
    }

    /** H2 2.5.252 lost events at kills of a file that was over a minute old (ADR 0005). */
    @Test
    @Tag("nightly")
    void everyAcknowledgedEventOutlivesManyKillsOfAnOldFile() throws Exception {
        everyAcknowledgedEventOutlivesKills(30, Duration.ofSeconds(5));
    }

    private void everyAcknowledgedEventOutlivesKills(int kills, Duration atLeast) throws Exception {
        Path data = directory.resolve("killed");
        Map<String, Long> acknowledged = new TreeMap<>();
        for (int kill = 0; kill < kills; kill++) {
            writeUntilKilled(data, 200, atLeast, acknowledged);
            try (Ledger ledger = Ledger.open(copy(data))) {
                Map<String, Long> kept = new TreeMap<>();
                for (String run : acknowledged.keySet()) {
                    ledger.events(run, 0, Integer.MAX_VALUE).forEach(event -> kept.put(run, event.seq()));
                }
                assertThat(kept)
                        .allSatisfy((run, last) -> assertThat(last).isGreaterThanOrEqualTo(acknowledged.get(run)));
                assertThat(kept).hasSameSizeAs(acknowledged);
            }
        }
    }

    @Test
    @Tag("slow")
    void aProcessKilledWhileItMakesTheLedgerLeavesNoneThatCannotBeOpened() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            Path data = directory.resolve("made-" + kill);
            Process maker = writer(data);
            try {
                await().pollInterval(Duration.ofMillis(2)).until(() -> beginsToBeThere(data));
            } finally {
                maker.destroyForcibly().waitFor();
            }
            Ledger.open(data).close();
            try (Stream<Path> files = Files.list(data)) {
                assertThat(files.map(file -> file.getFileName().toString())).containsExactly("ledger.mv.db");
            }
        }
    }

    private static boolean beginsToBeThere(Path data) throws IOException {
        try (Stream<Path> files = Files.exists(data) ? Files.list(data) : Stream.empty()) {
            return files.findAny().isPresent();
        }
    }

    @Test
    @Tag("slow")
    void aDirectoryThatAnotherProcessHoldsIsRefusedByName() throws Exception {
        Path data = directory.resolve("held");
        Process holder = writer(data);
        try (BufferedReader said = reader(holder)) {
            assertThat(said.readLine()).isNotNull();
            assertThatThrownBy(() -> Ledger.open(data).close()).isInstanceOfSatisfying(LedgerException.class, e -> {
                assertThat(e.problem().code()).isEqualTo(ProblemCode.DATA_DIR_IN_USE);
                assertThat(e.problem().what()).contains(data.toString());
            });
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsAProblemThatNamesIt() throws IOException {
        Path file = Files.writeString(directory.resolve("not-a-directory"), "x");
        assertThatThrownBy(() -> Ledger.open(file).close()).isInstanceOfSatisfying(LedgerException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(ProblemCode.LEDGER_FAILED);
            assertThat(e.problem().what()).contains(file.toString());
        });
    }

    /** Looking closes a ledger properly, which would mend what the next kill is to meet. */
    private Path copy(Path data) throws IOException {
        Path copy = Files.createTempDirectory(directory, "copy");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(data)) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** @param acknowledged the last number that the writers were told is kept, by run */
    private static void writeUntilKilled(Path data, int atLeast, Duration time, Map<String, Long> acknowledged)
            throws Exception {
        Process writer = writer(data);
        long begin = System.nanoTime();
        try (BufferedReader said = reader(writer)) {
            for (int i = 0; i < atLeast || System.nanoTime() - begin < time.toNanos(); i++) {
                acknowledge(said.readLine(), acknowledged);
            }
            writer.toHandle().destroyForcibly(); // unlike the process's own way, this leaves its output open
            said.lines().forEach(line -> acknowledge(line, acknowledged));
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    /** The last line of a killed process may be cut off. */
    private static void acknowledge(String line, Map<String, Long> acknowledged) {
        String[] words = line.split(" ");
        if (words.length == 3) {
            acknowledged.merge(words[0], Long.parseLong(words[1]), Math::max);
        }
    }

    private static Process writer(Path data) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Appends to several runs for ever, and says of each event that it is kept. */
    static final class Writer {

        private static final int RUNS = 40;

        public static void main(String[] arguments) throws InterruptedException {
            try (Ledger ledger = Ledger.open(Path.of(arguments[0]))) {
                ledger.putProgram(new ProgramRecord("h", "poem", "poem.yaml", "hone: 1", Map.of()));
                ledger.onAppend(event -> {
                    System.out.println(event.run() + " " + event.seq() + " kept");
                    System.out.flush();
                });
                List<Thread> threads = IntStream.range(0, RUNS)
                        .mapToObj(n -> Thread.ofPlatform().start(() -> append(ledger, "run-" + n)))
                        .toList();
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        }

        private static void append(Ledger ledger, String run) {
            if (ledger.run(run).isEmpty()) {
                ledger.createRun(new RunRecord(run, "poem", "h", "{}", Instant.now()));
            }
            for (long n = ledger.events(run, 0, Integer.MAX_VALUE).size(); ; n++) {
                ledger.append(run, new NewEvent("step", "i=" + n, 1, EventKind.OUTPUT, "{\"value\": \"text\"}"));
                LockSupport.parkNanos(20_000_000L);
            }
        }
    }
}
