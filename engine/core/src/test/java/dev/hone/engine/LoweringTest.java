package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.compile.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every workflow of the tests, and with them every construct of the language, compiles to; {@code -Dhone.golden=write}
 * writes it anew.
 */
class LoweringTest {

    private static final Path WORKFLOWS = Path.of("src/test/resources/workflows");
    private static final Path LOWERED = Path.of("src/test/resources/lowered");

    static Stream<String> workflows() throws IOException {
        return Files.list(WORKFLOWS)
                .map(file -> file.getFileName().toString().replace(".yaml", ""))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void aWorkflowCompilesToTheCommittedProcess(String name) throws IOException {
        Program program = Workshop.discovered().compile(SharedEngine.source(name));
        same(LOWERED.resolve(name + ".bpmn"), program.bpmn());
        same(LOWERED.resolve(name + ".txt"), program.certificate().text());
    }

    private static void same(Path golden, String text) throws IOException {
        if ("write".equals(System.getProperty("hone.golden"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertThat(golden).hasContent(text);
    }
}
