package dev.hone.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.work.Json;
import dev.hone.workflows.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the catalogue says of its workflows is what was measured. {@code -Dhone.golden=write} computes summaries, tables and
 * READMEs anew from the rows that are kept.
 */
class MeasuredWorkflowsTest {

    private static final Path CATALOGUE = Path.of("../../workflows/src/main/resources/dev/hone/workflows");
    private static final boolean WRITE = "write".equals(System.getProperty("hone.golden"));

    static Stream<Path> measured() {
        return Catalogue.entries().stream()
                .map(entry -> CATALOGUE.resolve(entry.name()))
                .filter(folder -> Files.exists(folder.resolve("measured.json")));
    }

    @ParameterizedTest
    @MethodSource("measured")
    void theTableFollowsFromTheRowsThatAreKept(Path folder) throws IOException {
        Measured measured = Measured.read("measured.json", text(folder, "measured.json"));
        Reports reports = new Reports(measured);
        if (WRITE) {
            reports.keep(folder);
        }

        assertThat(Json.read(text(folder, "measured.json"))).isEqualTo(Json.read(reports.json()));
        assertThat(folder.resolve("measured.md")).hasContent(reports.markdown());
        assertThat(measured.seeds()).isGreaterThanOrEqualTo(3);
        assertThat(measured.rows()).hasSize(measured.arms().size() * measured.tasks() * measured.seeds());
    }

    @ParameterizedTest
    @MethodSource("measured")
    void theReadmeShowsThatTable(Path folder) throws IOException {
        String readme = text(folder, "README.md");

        assertThat(Reports.inserted(readme, text(folder, "measured.md")))
                .isEqualTo(readme)
                .contains("<!-- measured -->", "<!-- end of measured -->");
    }

    @ParameterizedTest
    @MethodSource("measured")
    void nothingOfTheMachineButWhatSecondsDependOnIsKept(Path folder) throws IOException {
        assertThat(text(folder, "measured.json")).doesNotContain("/home/", "/root/", "/work/", "/tmp/", "\\\\");
    }

    private static String text(Path folder, String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
