package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.local.ListprogTasks;
import dev.hone.connectors.local.game24.Game24Tasks;
import dev.hone.engine.PersonFile;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
    void aScriptedPersonFitsTheWorkflowThatTheyComeWith() {
        assertThat(Catalogue.entries().stream()
                        .filter(entry -> entry.file("person.yaml").isPresent()))
                .isNotEmpty()
                .allSatisfy(entry -> {
                    var person = new PersonFile(
                            entry.name() + "/person.yaml",
                            entry.file("person.yaml").orElseThrow());
                    var workflow = Workshop.discovered()
                            .compile(Source.of(entry.name() + "/workflow.yaml", entry.text(), entry::file))
                            .workflow();
                    assertThat(person.person().check(workflow)).isEmpty();
                });
    }

    @Test
    void everyWorkflowIsInTheOverview() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .contains(Catalogue.entries().stream()
                        .map(entry -> "| [" + entry.name() + "](src/main/resources/dev/hone/workflows/" + entry.name()
                                + "/README.md) |")
                        .toArray(String[]::new));
    }

    @Test
    void anUnknownNameIsNotFound() {
        assertThat(Catalogue.find("no-such-workflow")).isEmpty();
    }

    /** {@code -Dhone.golden=write} draws them again. */
    static Stream<Arguments> drawn() {
        return Stream.of(
                Arguments.of("listprog.jsonl", ListprogTasks.generated(20, 20)),
                Arguments.of("reflexion/cases.jsonl", ListprogTasks.answered(20, 20)),
                Arguments.of("mint/tasks.jsonl", ListprogTasks.judged(12, 194)),
                Arguments.of("tree-search/cases.jsonl", ListprogTasks.generated(10, 20)),
                Arguments.of("rest-em/cases.jsonl", ListprogTasks.exams(5, 40, 31)),
                Arguments.of("game-of-24/cases.jsonl", Game24Tasks.generated(10, 24)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drawn")
    void theBundledTasksAreTheFirstOfTheirSeed(String name, List<String> drawn) throws IOException {
        Path file = RESOURCES.resolve(name);
        if ("write".equals(System.getProperty("hone.golden"))) {
            Files.writeString(file, String.join("\n", drawn) + "\n");
        }
        assertThat(Files.readAllLines(file)).isEqualTo(drawn);
    }
}
