package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** AB-MCTS and LATS are one file, one line apart. */
class TreeSearchTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/hone/workflows/tree-search");

    @Test
    void theTwoSearchesDifferInTheLineOfThePolicyAndInNoOther() throws IOException {
        List<String> adaptive = Files.readAllLines(FOLDER.resolve("workflow.yaml"));
        List<String> bounds = Files.readAllLines(FOLDER.resolve("lats.yaml"));
        assertThat(bounds).hasSameSizeAs(adaptive);
        List<Integer> differ = IntStream.range(0, adaptive.size())
                .filter(i -> !adaptive.get(i).equals(bounds.get(i)))
                .boxed()
                .toList();
        assertThat(differ).hasSize(1);
        assertThat(adaptive.get(differ.getFirst())).contains("kind: abmcts-a");
        assertThat(bounds.get(differ.getFirst())).contains("kind: uct");
    }

    @Test
    void bothCompileAndCostTheSame() throws IOException {
        assertThat(certificate("lats.yaml")).isEqualTo(certificate("workflow.yaml"));
    }

    private static String certificate(String file) throws IOException {
        Source source = new Source("search.yaml", Files.readString(FOLDER.resolve(file)));
        return Workshop.discovered().compile(source).certificate().text();
    }
}
