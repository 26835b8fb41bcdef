package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AB-MCTS and LATS are one file, one line apart. */
class TreeSearchTest {

    private static final Path CATALOGUE = Path.of("src/main/resources/dev/hone/workflows");

    @ParameterizedTest
    @ValueSource(strings = {"tree-search", "game-of-24"})
    void theTwoSearchesDifferInTheLineOfThePolicyAndInNoOther(String name) throws IOException {
        List<String> adaptive = Files.readAllLines(CATALOGUE.resolve(name).resolve("workflow.yaml"));
        List<String> bounds = Files.readAllLines(CATALOGUE.resolve(name).resolve("lats.yaml"));
        assertThat(bounds).hasSameSizeAs(adaptive);
        List<Integer> differ = IntStream.range(0, adaptive.size())
                .filter(i -> !adaptive.get(i).equals(bounds.get(i)))
                .boxed()
                .toList();
        assertThat(differ).hasSize(1);
        assertThat(adaptive.get(differ.getFirst())).contains("kind: abmcts-a");
        assertThat(bounds.get(differ.getFirst())).contains("kind: uct");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tree-search", "game-of-24"})
    void bothCompileAndCostTheSame(String name) throws IOException {
        Path folder = CATALOGUE.resolve(name);
        assertThat(certificate(folder.resolve("lats.yaml"))).isEqualTo(certificate(folder.resolve("workflow.yaml")));
    }

    private static String certificate(Path file) throws IOException {
        Source source = new Source("search.yaml", Files.readString(file));
        return Workshop.discovered().compile(source).certificate().text();
    }
}
