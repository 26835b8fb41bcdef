package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/hone/dsl");

    @Test
    void everyCodeHasItsFileAndEveryFileItsCode() throws IOException {
        Set<String> wanted =
                Arrays.stream(ProblemCode.values()).map(Explanation::resource).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(FOLDER.resolve("explain"))) {
            Set<String> there =
                    files.map(file -> "explain/" + file.getFileName()).collect(Collectors.toSet());
            assertThat(wanted)
                    .as(
                            "add to dsl/%s: title, reason, and a wrong and a right workflow where a file can have it",
                            FOLDER)
                    .allMatch(there::contains, "has its file");
            assertThat(there).as("files without a code in ProblemCode").allMatch(wanted::contains, "has its code");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExplanationIsShort(ProblemCode code) {
        Explanation explanation = Explanation.of(code);
        assertThat(explanation.title()).endsWith(".").hasSizeLessThan(100);
        assertThat(explanation.reason()).endsWith(".").hasSizeBetween(80, 800).doesNotContain("```");
        assertThat(explanation.reason().lines()).allMatch(line -> line.length() <= 140);
    }

    static Stream<Explanation> withExample() {
        return Explanation.all().stream()
                .filter(explanation -> explanation.example().isPresent());
    }

    @ParameterizedTest
    @MethodSource("withExample")
    void theRightWorkflowHasNoProblem(Explanation explanation) {
        assertThat(problems(explanation.example().orElseThrow().right())).isEmpty();
    }

    /** What only the compiler finds is held by the tests of the command. */
    static Stream<Explanation> foundByReaderOrChecks() {
        return withExample().filter(explanation -> explanation.code() != ProblemCode.UNBOUNDED);
    }

    @ParameterizedTest
    @MethodSource("foundByReaderOrChecks")
    void theWrongWorkflowHasThisProblemAlone(Explanation explanation) {
        assertThat(problems(explanation.example().orElseThrow().wrong()))
                .isNotEmpty()
                .extracting(Problem::code)
                .containsOnly(explanation.code());
    }

    @Test
    void everyCodeThatAFileCanHaveHasAnExample() throws IOException {
        Set<ProblemCode> shown = withExample().map(Explanation::code).collect(Collectors.toSet());
        // It takes a workflow of the catalogue that uses itself, and there is none.
        assertThat(FixtureTest.invalid().map(FixtureTest::codeOf).filter(code -> code != ProblemCode.ENDLESS_USE))
                .as("codes with a fixture in invalid/, whose explanation has no Wrong and Right")
                .allMatch(shown::contains, "has an example");
    }

    private static List<Problem> problems(String text) {
        return FixtureTest.problems("x.yaml", text, Shipped.VOCABULARY);
    }
}
