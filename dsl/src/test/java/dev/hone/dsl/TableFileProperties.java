package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.use.Expansion;
import dev.hone.dsl.use.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in the file of a table, the answer is its rules or a list of problems in that file, soon. */
class TableFileProperties {

    private static final String CSV = "rules/stops.csv";
    private static final String DMN = "rules/stops.dmn";

    private static final List<String> WORDS = List.of(
            "\"",
            "\"\"",
            ",",
            "\n",
            "\r",
            "-",
            "then",
            "{",
            "}",
            "[",
            "..",
            "]",
            "<",
            ">",
            "</",
            "/>",
            "&lt;",
            "&x;",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<!DOCTYPE d>",
            "<?x?>",
            "<rule>",
            "<text>",
            "</text>",
            "true",
            "not(",
            ")",
            "\0",
            "é",
            "𝒳",
            "\uD800",
            "exit: ",
            "&a ",
            "*a");

    /** The problems of a workflow whose one rule is the table in the file. */
    private static List<Problem> problems(String path, String text) {
        Reading reading = WorkflowReader.read(
                "x/flow.yaml", "hone: 1\nname: x\nflow: []\nrules: [{table: " + path + ", fact: verdict}]\n");
        Problems problems = new Problems();
        Workflow workflow = Expansion.expand(
                ((Reading.Parsed) reading).workflow(), any -> Optional.of(text), Library.EMPTY, problems);
        List<Problem> found = problems.inOrder();
        assertThat(found).hasSizeLessThanOrEqualTo(200).allSatisfy(problem -> {
            assertThat(problem.where().orElseThrow().file()).isEqualTo("x/" + path);
            assertThat(problem.where().orElseThrow().line()).isBetween(1, text.split("\r\n|\r|\n", -1).length + 1);
            assertThat(problem.where().orElseThrow().column()).isPositive();
            assertThat(problem.toString()).hasSizeLessThan(600);
        });
        assertThat(workflow.ruleFiles()).isEmpty();
        assertThat(found.isEmpty() || workflow.rules().isEmpty()).isTrue();
        return found;
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void mutatedCsv(@ForAll("csv") String text) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> problems(CSV, text));
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void mutatedDmn(@ForAll("dmn") String text) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> problems(DMN, text));
    }

    @Provide
    static Arbitrary<String> csv() {
        return mutated(CSV);
    }

    @Provide
    static Arbitrary<String> dmn() {
        return mutated(DMN);
    }

    /** The file with some of its stretches cut out, doubled, or replaced by a word. */
    private static Arbitrary<String> mutated(String path) {
        String file = file(path);
        record Mutation(int at, int length, String word) {}
        return Combinators.combine(
                        Arbitraries.integers().between(0, file.length()),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.of(WORDS))
                .as(Mutation::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(mutations -> {
                    String text = file;
                    for (Mutation mutation : mutations) {
                        int at = Math.min(mutation.at(), text.length());
                        int end = Math.min(text.length(), at + mutation.length());
                        text = text.substring(0, at) + mutation.word() + text.substring(end);
                    }
                    return text;
                });
    }

    private static String file(String path) {
        try {
            return Files.readString(Path.of("src/test/resources").resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> hostile() {
        String laughs = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"" + "&a;".repeat(1_000) + "\">]>\n";
        return Stream.of(
                Arguments.of("a megabyte", CSV, "a,then\n" + "x".repeat(1_000_000)),
                Arguments.of("2,001 rows", CSV, "round,then\n" + "1,{exit: run}\n".repeat(2_001)),
                Arguments.of("a row of 900,000 commas", CSV, ",".repeat(900_000)),
                Arguments.of("900,000 inputs", CSV, ",".repeat(900_000) + "then\n"),
                Arguments.of("400,000 empty rows", CSV, "round,then\n" + ",\n".repeat(300_000) + "1,1\n"),
                Arguments.of("deep effects", CSV, "round,then\n1," + "[".repeat(900_000)),
                Arguments.of("a range of blanks", CSV, "round,then\n[" + " ".repeat(900_000) + ",{exit: run}"),
                Arguments.of("a range of dots", CSV, "round,then\n[" + ".".repeat(900_000) + "],{exit: run}"),
                Arguments.of("a million quotes", CSV, "\"".repeat(999_999)),
                Arguments.of("deep elements", DMN, "<a>".repeat(300_000)),
                Arguments.of("many attributes", DMN, "<a " + attributes(60_000) + "/>"),
                Arguments.of("a long name", DMN, "<" + "a".repeat(900_000) + " b='<'/>"),
                Arguments.of("a billion laughs", DMN, laughs + "<d>" + "&b;".repeat(1_000) + "</d>"),
                Arguments.of("nothing", DMN, ""),
                Arguments.of("half a character", DMN, "<a>\uD800</a>"));
    }

    private static String attributes(int n) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < n; i++) {
            text.append("a").append(i).append("='' ");
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void hostile(String name, String path, String text) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(problems(path, text)).isNotEmpty());
    }
}
