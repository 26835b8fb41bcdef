package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.local.ListprogTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the catalogue lists is what its folders hold. */
class CatalogueTest {

    private static final Path RESOURCES = Path.of("src/main/resources/dev/hone/workflows");

    @Test
    void everyFolderIsListed() throws IOException {
        try (Stream<Path> folders = Files.list(RESOURCES).filter(Files::isDirectory)) {
            assertThat(Catalogue.entries())
                    .extracting(Catalogue.Entry::name)
                    .containsExactlyInAnyOrderElementsOf(
                            folders.map(folder -> folder.getFileName().toString())
                                    .toList());
        }
    }

    @Test
    void anEntryHasItsTextAndItsInputs() {
        assertThat(Catalogue.entries()).allSatisfy(entry -> {
            assertThat(entry.text()).contains("name: " + entry.name());
            assertThat(entry.inputs()).allMatch(line -> line.startsWith("{"));
            assertThat(entry.inputs().isEmpty()).isEqualTo(entry.cases().isEmpty());
        });
    }

    @Test
    void anUnknownNameIsNotFound() {
        assertThat(Catalogue.find("no-such-workflow")).isEmpty();
    }

    /** {@code -Dhone.golden=write} draws them again. */
    @Test
    void theBundledTasksAreTheFirstOfTheirSeed() throws IOException {
        List<String> drawn = ListprogTasks.generated(20, 20);
        Path file = RESOURCES.resolve("listprog.jsonl");
        if ("write".equals(System.getProperty("hone.golden"))) {
            Files.writeString(file, String.join("\n", drawn) + "\n");
        }
        assertThat(Files.readAllLines(file)).isEqualTo(drawn);
    }
}
