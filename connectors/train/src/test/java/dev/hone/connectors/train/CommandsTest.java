package dev.hone.connectors.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.connectors.local.Manifest;
import dev.hone.connectors.local.Manifest.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CommandsTest {

    private static final Path SHIPPED = Path.of("../local/src/main/resources/dev/hone/connectors/local");

    @TempDir
    private Path folder;

    private Manifest shipped = new Manifest(List.of());

    @BeforeEach
    void readManifest() throws IOException {
        shipped = Manifest.parse(Files.readAllBytes(SHIPPED.resolve(Manifest.RESOURCE)));
    }

    @Test
    void a_finished_training_is_only_measured_and_shipped() throws IOException {
        finished("listprog-gen.bin", "gen/final.bin");
        finished("listprog-gen-apprentice.bin", "gen/step-250.bin");
        finished("listprog-gen.bin", "gen/step-1250.bin");
        finished("listprog-feedback.bin", "fb/final.bin");
        Path out = Files.createDirectory(folder.resolve("out"));
        Train.run(new String[] {"work=" + folder, "out=" + out});
        Manifest written = Manifest.parse(Files.readAllBytes(out.resolve(Manifest.RESOURCE)));
        assertThat(written)
                .usingRecursiveComparison()
                .withComparatorForType(new DoubleComparator(0.01), Double.class)
                .isEqualTo(shipped);
        for (Entry entry : written.checkpoints()) {
            assertThat(Manifest.sha256(Files.readAllBytes(out.resolve(entry.file()))))
                    .isEqualTo(entry.sha256());
        }
    }

    @Test
    void an_evaluation_replaces_what_stands_between_the_marks_of_a_readme() throws IOException {
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "Before.\n<!-- evaluation -->\nold\n<!-- end of evaluation -->\nAfter.\n");
        Evaluate.run(new String[] {
            "generator=" + SHIPPED.resolve("listprog-gen-apprentice.bin"),
            "feedback=" + SHIPPED.resolve("listprog-feedback.bin"),
            "tasks=6",
            "seeds=2",
            "readme=" + readme
        });
        assertThat(Files.readString(readme))
                .startsWith("Before.\n<!-- evaluation -->\n\n- listprog-gen-apprentice.bin: 1,188,125 parameters")
                .contains(
                        "\n\n6 tasks",
                        "| arm \\ calls | 1 | 2 | 4 | 8 | 16 | 32 |",
                        "shuffled feedback (placebo)",
                        "pass@32")
                .doesNotContain("old\n")
                .endsWith("<!-- end of evaluation -->\nAfter.\n");
    }

    @Test
    void a_readme_without_marks_is_left_alone() throws IOException {
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "Nothing here.\n");
        assertThatThrownBy(() -> Evaluate.insert("table", readme))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lacks the marks");
        assertThat(Files.readString(readme)).isEqualTo("Nothing here.\n");
    }

    @Test
    void a_word_that_is_no_option_is_refused_with_those_there_are() {
        for (String word : List.of("minute=3", "fast")) {
            assertThatThrownBy(() -> Options.of(List.of(word), Map.of("minutes", "34")))
                    .hasMessageContaining("'" + word + "'")
                    .hasMessageContaining("minutes=34");
        }
        assertThatThrownBy(() -> Options.of(List.of("minutes=long"), Map.of("minutes", "34"))
                        .number("minutes"))
                .hasMessageContaining("minutes=long");
    }

    @Test
    void an_early_checkpoint_is_the_last_one_within_its_share_of_the_steps() throws IOException {
        for (int step : new int[] {250, 500, 750, 1000, 5000}) {
            Files.createFile(folder.resolve(Checkpoints.step(step)));
        }
        assertThat(Checkpoints.early(folder, 0.2)).hasFileName("step-1000.bin");
        assertThat(Checkpoints.early(folder, 0.19)).hasFileName("step-750.bin");
        assertThat(Checkpoints.early(folder, 0.001)).hasFileName("step-250.bin");
    }

    private void finished(String file, String checkpoint) throws IOException {
        Entry entry = shipped.entry(file).orElseThrow();
        Path to = folder.resolve(checkpoint);
        Checkpoints.write(Files.readAllBytes(SHIPPED.resolve(file)), to);
        new Sidecar(entry.examples(), entry.seed(), entry.loss(), entry.minutes()).write(to);
    }
}
