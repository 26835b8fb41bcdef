package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SkeletonTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/hone/dsl/skeletons");

    static List<Skeleton> all() {
        return Skeleton.all();
    }

    @Test
    void theIndexListsEveryFile() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .as("what skeletons/index.txt lists")
                    .containsExactlyInAnyOrderElementsOf(all().stream()
                            .map(skeleton -> skeleton.name() + ".yaml")
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aSkeletonIsAWorkflowWithoutProblemsUnderItsOwnName(Skeleton skeleton) {
        assertThat(FixtureTest.problems(skeleton.name(), skeleton.text(), Shipped.VOCABULARY))
                .isEmpty();
        assertThat(skeleton.text()).contains("\nname: " + skeleton.name() + "\n");
    }

    /** What a newcomer cannot guess stands beside it. */
    @ParameterizedTest
    @MethodSource("all")
    void aSkeletonIsCommented(Skeleton skeleton) {
        assertThat(skeleton.title()).endsWith(".").hasSizeLessThan(100);
        List<String> lines =
                skeleton.text().lines().filter(line -> !line.isBlank()).toList();
        assertThat(lines).allMatch(line -> line.length() <= 140);
        assertThat(lines.stream().filter(line -> line.strip().startsWith("#")).count())
                .isGreaterThan(lines.size() / 5);
    }

    @Test
    void anUnknownSkeletonIsNotFound() {
        assertThat(Skeleton.find("no-such-skeleton")).isEmpty();
        assertThat(Skeleton.find("revise")).isPresent();
    }
}
