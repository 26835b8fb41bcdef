package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.world.CallLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up in mid-run: the run ends with what to do, and goes on when there is room again. */
@Tag("slow")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    @TempDir
    Path directory;

    @AfterEach
    void answerAsBefore() {
        System.clearProperty(CallLog.FILE);
    }

    @Test
    void theRunSaysWhatToDoAndGoesOnWhenThereIsRoom() throws Exception {
        Path data = directory.resolve("data");
        Path calls = directory.resolve("calls");
        Process host = Host.fork(data, calls);
        BufferedReader said = new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8));
        String run = said.readLine();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> callsOf(run, calls).size() >= 10);
        letNoFileGrow(host, Files.size(data.resolve("ledger.mv.db")));
        String problem = said.readLine();
        host.destroyForcibly().waitFor();

        assertThat(problem).startsWith("LEDGER_FAILED").contains(data.toString(), "disk", "runs go on where they were");
        assertThat(callsOf(run, calls)).hasSizeLessThan(61);

        System.setProperty(CallLog.FILE, calls.toString());
        try (Engine engine = Engine.open(EngineOptions.at(data))) {
            assertThat(engine.await(run).stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
            assertThat(SharedEngine.places(engine.events(run), EventKind.CALLED))
                    .hasSize(61)
                    .doesNotHaveDuplicates();
        }
        assertThat(callsOf(run, calls).size())
                .as("only the call whose reply could not be kept is made again")
                .isBetween(61, 62);
        assertThat(directory.resolve("screen"))
                .content()
                .as("no stack trace at a user")
                .doesNotContain("\tat ");
    }

    /** What a full disk is to a process that writes. */
    private static void letNoFileGrow(Process process, long bytes) throws IOException, InterruptedException {
        Process prlimit =
                new ProcessBuilder("prlimit", "--pid", String.valueOf(process.pid()), "--fsize=" + bytes).start();
        assertThat(prlimit.waitFor()).isZero();
    }

    private static List<String> callsOf(String run, Path calls) throws IOException {
        return !Files.exists(calls)
                ? List.of()
                : Files.readAllLines(calls).stream()
                        .filter(line -> line.startsWith(run + " "))
                        .toList();
    }
}
