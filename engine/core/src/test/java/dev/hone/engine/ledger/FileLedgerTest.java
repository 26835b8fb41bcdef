package dev.hone.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.dsl.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
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

    @Test
    @Tag("slow")
    void everyAcknowledgedEventOutlivesAKillMinusNine() throws Exception {
        Path data = directory.resolve("killed");
        for (int round = 0; round < 3; round++) {
            long acknowledged = writeUntilKilled(data, 200);
            try (Ledger ledger = Ledger.open(data)) {
                assertThat(ledger.events("run-1", 0, Integer.MAX_VALUE))
                        .extracting(RunEvent::seq)
                        .contains(acknowledged);
            }
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

    /** The last number that the writer was told is kept, before it was killed. */
    private static long writeUntilKilled(Path data, int events) throws Exception {
        Process writer = writer(data);
        long last = 0;
        try (BufferedReader said = reader(writer)) {
            for (int i = 0; i < events; i++) {
                last = Long.parseLong(said.readLine());
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return last;
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

    /** Appends for ever and says each number once it is kept. */
    static final class Writer {
        public static void main(String[] arguments) {
            try (Ledger ledger = Ledger.open(Path.of(arguments[0]))) {
                ledger.putProgram(new ProgramRecord("h", "poem", "poem.yaml", "hone: 1", Map.of()));
                if (ledger.run("run-1").isEmpty()) {
                    ledger.createRun(new RunRecord("run-1", "poem", "h", "{}", Instant.now()));
                }
                ledger.onAppend(event -> {
                    System.out.println(event.seq());
                    System.out.flush();
                });
                for (long n = ledger.events("run-1", 0, Integer.MAX_VALUE).size(); ; n++) {
                    ledger.append(
                            "run-1", new NewEvent("step", "i=" + n, 1, EventKind.OUTPUT, "{\"value\": \"text\"}"));
                }
            }
        }
    }
}
