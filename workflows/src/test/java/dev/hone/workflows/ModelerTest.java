package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A modeler opens every committed BPMN file without a warning, and bpmnlint's recommended rules find nothing. Needs Node and
 * npm, which fetches the modeler once.
 */
@Tag("slow")
@Timeout(300)
class ModelerTest {

    private static final Path SCRIPTS = Path.of("src/test/js");
    private static final List<Path> ROOTS = List.of(Path.of("src"), Path.of("../engine/core/src/test/resources"));

    @Test
    void everyDiagramOpensAndIsSound() throws Exception {
        List<String> files = new ArrayList<>();
        for (Path root : ROOTS) {
            try (Stream<Path> paths = Files.walk(root)) {
                paths.filter(path -> path.toString().endsWith(".bpmn"))
                        .map(path -> path.toAbsolutePath().normalize().toString())
                        .sorted()
                        .forEach(files::add);
            }
        }
        assertThat(files).isNotEmpty();
        run(List.of("npm", "ci", "--no-audit", "--no-fund"));
        List<String> lint = new ArrayList<>(List.of("node", "lint.mjs"));
        lint.addAll(files);
        assertThat(run(lint)).endsWith(files.size() + " files, 0 findings\n");
    }

    /** What it printed; that it ends well is asserted here. */
    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(SCRIPTS.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command.getFirst() + ": install Node 20 or later, with npm", e);
        }
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
