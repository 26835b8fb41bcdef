package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** Whatever the text, the answer is a workflow or a list of problems, soon. */
class WorkflowReaderProperties {

    private static final List<String> FILES = files();

    private static final List<String> WORDS = List.of(
            "hone: 1\n",
            "name: x\n",
            "flow:\n",
            "- ",
            "  ",
            "\n",
            "call: ",
            "{",
            "}",
            "[",
            "]",
            ",",
            ": ",
            "&a ",
            "*a",
            "!!str ",
            "|\n",
            ">\n",
            "\"",
            "'",
            "= ",
            "= n + 1",
            "1..n",
            "do:\n",
            "if: ",
            "map: ",
            "over: ",
            "loop: ",
            "id: ",
            "rules:\n",
            "?",
            "#",
            "\t",
            "---\n",
            "é",
            "𝒳",
            "null",
            "true",
            "12",
            "-",
            "%",
            "@",
            "`");

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void randomTexts(@ForAll("random") String text) {
        answers(text);
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void mutatedFiles(@ForAll("mutated") String text) {
        answers(text);
    }

    private static void answers(String text) {
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            List<Problem> problems = FixtureTest.problems("x.yaml", text);
            long lines = text.split("\r\n|\r|\n", -1).length;
            assertThat(problems)
                    .allSatisfy(problem -> assertThat(problem.where())
                            .hasValueSatisfying(
                                    where -> assertThat(where.line()).isBetween(1, (int) lines)));
        });
    }

    @Provide
    Arbitrary<String> random() {
        return Arbitraries.of(WORDS).list().ofMaxSize(60).map(words -> String.join("", words));
    }

    /** A file with some of its stretches cut out, doubled, or replaced by a word. */
    @Provide
    Arbitrary<String> mutated() {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 10_000);
        Arbitrary<Integer> length = Arbitraries.integers().between(0, 12);
        record Mutation(int at, int length, String word) {}
        return Combinators.combine(
                        Arbitraries.of(FILES),
                        Combinators.combine(place, length, Arbitraries.of(WORDS))
                                .as(Mutation::new)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(4))
                .as((file, mutations) -> {
                    String text = file;
                    for (Mutation mutation : mutations) {
                        int at = mutation.at() % (text.length() + 1);
                        int end = Math.min(text.length(), at + mutation.length());
                        text = text.substring(0, at) + mutation.word() + text.substring(end);
                    }
                    return text;
                });
    }

    private static List<String> files() {
        try (Stream<Path> valid = Files.list(Path.of("src/test/resources/valid"))) {
            return valid.sorted()
                    .map(path -> {
                        try {
                            return Files.readString(path);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
