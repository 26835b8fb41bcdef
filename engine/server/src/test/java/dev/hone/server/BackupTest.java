package dev.hone.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md says of backups. */
@Tag("slow")
class BackupTest {

    @TempDir
    Path directory;

    /** A server's directory with a run that waits for a person, and the run. */
    private String waiting(Path data) {
        try (Served server = Served.start(data, Map.of())) {
            server.post("/api/v1/workflows", Map.of("text", Samples.GATE));
            String run = server.post("/api/v1/runs", Map.of("workflow", "gate"))
                    .body()
                    .path("id")
                    .asText();
            await().until(() -> !server.engine().questions(run).isEmpty());
            return run;
        }
    }

    private static RunResult approve(Served server, String run) throws InterruptedException {
        Served.Answer answer = server.post("/api/v1/tasks/" + run + "/verdict/answer", Map.of("approved", true));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return server.engine().await(run);
    }

    @Test
    void aCopyOfTheDataDirectoryGoesOnWhereTheRunsWere() throws Exception {
        Path data = directory.resolve("data");
        String run = waiting(data);
        Path copy = directory.resolve("copy");
        copy(data, copy);

        try (Served restored = Served.start(copy, Map.of())) {
            RunResult result = approve(restored, run);

            assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
            assertThat(result.spent().calls()).isEqualTo(1);
        }
    }

    @Test
    void withoutTheBrokersDataARunGoesOnWhenItIsCancelledAndResumed() throws Exception {
        Path data = directory.resolve("data");
        String run = waiting(data);
        delete(data.resolve("broker"));

        try (Served restored = Served.start(data, Map.of())) {
            restored.post("/api/v1/runs/" + run + "/cancel", null);
            restored.post("/api/v1/runs/" + run + "/resume", null);
            await().until(() -> !restored.engine().questions(run).isEmpty());
            RunResult result = approve(restored, run);

            assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
            assertThat(result.spent().calls()).as("nothing is bought again").isEqualTo(1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            deepestFirst.forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
