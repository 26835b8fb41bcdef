package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.work.Json;
import dev.hone.eval.Measured;
import dev.hone.eval.Reports;
import dev.hone.server.Samples;
import dev.hone.server.Served;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hone eval --server}. */
@Tag("slow")
@Timeout(400)
class EvalThereTest {

    private static final String MOVE = Samples.SHIFT.replace("name: shift", "name: move");

    private static final Served SERVER = Served.shared();

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws Exception {
        write("move.yaml", MOVE);
        write("other.yaml", MOVE.replace("name: move", "name: other").replace("init: 0", "init: 1"));
        write("tasks.jsonl", "{\"n\": 1, \"hidden\": 2}\n{\"n\": 5, \"hidden\": 6}\n");
        write("eval.yaml", """
                seeds: 1
                arms:
                  right: {slots: {step: 1}}
                  another: {file: other.yaml, oracle: true}
                """);
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(directory.resolve(name), text);
    }

    private String[] words(String... more) {
        List<String> words =
                new ArrayList<>(List.of("eval", path("move.yaml"), "--data", path("tasks.jsonl"), "--parallel", "2"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private static String server() {
        return SERVER.address().toString();
    }

    @Test
    void itComesToTheSameThereAndIsFoundAgain() throws Exception {
        Command.Ended here = Command.run(directory, words("--json"));
        Command.Ended there = Command.here(words("--json", "--server", server(), "--out", path("report")));
        Command.Ended again = Command.here(words("--json", "--server", server()));
        Command.Ended text = Command.here(words("--server", server()));

        assertThat(there.exit()).as(there.err()).isEqualTo(here.exit()).isEqualTo(Exit.DONE);
        assertThat(plain(there.out())).isEqualTo(plain(here.out()));
        assertThat(there.err()).contains("6/6  solved", "another (oracle) 1.00", "right 1.00", "The report is in ");
        assertThat(directory.resolve("report/measured.json")).hasContent(there.out());
        assertThat(directory.resolve("report/report.html")).isNotEmptyFile();
        assertThat(again.err()).contains("Going on with the evaluation of which 6 runs have ended before.");
        assertThat(again.out()).isEqualTo(there.out());
        assertThat(text.out().lines().toList())
                .isEqualTo(new Reports(Measured.read("measured.json", there.out())).text());
    }

    /** Without what no two evaluations have in common. */
    private static JsonNode plain(String measured) {
        JsonNode tree = Json.read(measured);
        tree.findParents("seconds").forEach(parent -> ((ObjectNode) parent).remove("seconds"));
        tree.findParents("run").forEach(parent -> ((ObjectNode) parent).remove("run"));
        return tree;
    }

    @Test
    void whatIsAskedWronglyIsSaidThereAsHere() throws Exception {
        write("plan.yaml", "arms: {a: {slots: {stop: 1}}}\n");

        Command.Ended arms = Command.here(words("--arms", "wrong", "--server", server()));
        Command.Ended here = Command.here(words("--arms", "wrong"));
        Command.Ended slot = Command.here(words("--plan", path("plan.yaml"), "--server", server()));
        Command.Ended seeds = Command.here(words("--seeds", "0", "--server", server()));

        assertThat(arms.exit()).isEqualTo(here.exit()).isEqualTo(Exit.REFUSED);
        assertThat(arms.err()).isEqualTo(here.err());
        assertThat(slot.err()).contains("UNKNOWN_SLOT", "no slot stop");
        assertThat(seeds.err()).contains("--seeds is 0");
    }

    @Test
    void aSignalCancelsItThereAndTheSameCommandGoesOn() throws Exception {
        write("patient.yaml", Samples.PATIENT.replace("name: patient", "name: patiently"));
        write("eval.yaml", "seeds: 1\n");
        String[] words = {"eval", path("patient.yaml"), "--data", path("numbers.jsonl"), "--server", server()};
        write("numbers.jsonl", "{\"n\": 1}\n");
        Process client = Command.start(directory, words);
        await().atMost(Duration.ofMinutes(2)).until(() -> !open().isEmpty());
        client.toHandle().destroy(); // takes the same way as Ctrl+C

        Command.Ended cancelled = Command.end(client);
        assertThat(cancelled.exit()).as(cancelled.err()).isEqualTo(Exit.CANCELLED);
        assertThat(cancelled.err()).contains("Cancelled. What was made is kept");

        Process resumed = Command.start(directory, words);
        await().atMost(Duration.ofMinutes(2)).until(() -> !open().isEmpty());
        Command.Ended answered = Command.here("tasks", "answer", open().getFirst(), "yes", "--server", server());
        Command.Ended ended = Command.end(resumed);

        assertThat(answered.exit()).as(answered.err()).isEqualTo(Exit.DONE);
        assertThat(ended.exit()).as(ended.err()).isEqualTo(Exit.DONE);
        assertThat(ended.err()).contains("Going on with the evaluation", "1/1  value");
    }

    /** The tasks of the patient workflow. */
    private static List<String> open() {
        JsonNode tasks =
                Json.read(Command.here("tasks", "--json", "--server", server()).out());
        List<String> open = new ArrayList<>();
        tasks.forEach(task -> {
            if (task.path("workflow").asText().equals("patiently")) {
                open.add(task.path("task").asText());
            }
        });
        return open;
    }
}
