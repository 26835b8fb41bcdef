package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.use.Companions;
import dev.hone.dsl.use.Expansion;
import dev.hone.dsl.use.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of {@code valid/} is read and checked without a problem; every file of {@code invalid/} has exactly the
 * problems that its first comment lines list as {@code line:column: CODE what fix}. {@code -Dhone.golden=write} rewrites
 * those lines.
 */
public class FixtureTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    /** What the tests' workflows can use. */
    static final Vocabulary VOCABULARY = new Vocabulary(
            Map.of(
                    "listprog-run",
                    new Vocabulary.Tool(
                            Map.of("program", Type.TEXT, "cases", new Type.ListOf(Type.ANY)),
                            Set.of("program", "cases"),
                            new Type.Fields(
                                    Map.of("pass", Type.BOOLEAN, "fraction", Type.NUMBER, "trace", Type.TEXT), false))),
            Set.of("local", "ollama", "onnx", "openai"),
            Map.of(
                    "ucb1",
                    new Vocabulary.PolicyKind(
                            Vocabulary.Over.ARMS, Set.of("score"), Map.of("c", new Vocabulary.Range(0, 10))),
                    "abmcts-a",
                    new Vocabulary.PolicyKind(Vocabulary.Over.TREE, Set.of("score"), Map.of()),
                    "dueling-ucb",
                    new Vocabulary.PolicyKind(
                            Vocabulary.Over.POOL, Set.of("prefer"), Map.of("warmup", new Vocabulary.Range(0, 1000)))),
            Set.of("minilm"));

    /** The workflows that the tests' workflows can use. */
    static final Library LIBRARY = new Library() {
        @Override
        public Optional<Text> find(String name) {
            try {
                Path file = RESOURCES.resolve("library").resolve(name + ".yaml");
                return Files.exists(file)
                        ? Optional.of(new Text(name + "/workflow.yaml", Files.readString(file), Companions.NONE))
                        : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Set<String> names() {
            return Set.of("refine", "endless", "native");
        }
    };

    /** The files beside the tests' workflows. */
    static final Companions COMPANIONS = path -> {
        try {
            Path file = RESOURCES.resolve(path);
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    };

    public static List<Problem> problems(String file, String text) {
        return problems(file, text, VOCABULARY);
    }

    static List<Problem> problems(String file, String text, Vocabulary vocabulary) {
        return switch (WorkflowReader.read(file, text)) {
            case Reading.Refused(List<Problem> problems) -> problems;
            case Reading.Parsed(Workflow workflow) -> {
                Problems problems = new Problems();
                Workflow whole = Expansion.expand(workflow, COMPANIONS, LIBRARY, problems);
                yield problems.isEmpty() ? WorkflowChecks.check(whole, vocabulary) : problems.inOrder();
            }
        };
    }

    static Stream<Path> valid() throws IOException {
        return files("valid");
    }

    static Stream<Path> invalid() throws IOException {
        return files("invalid");
    }

    private static Stream<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource
    void valid(Path file) throws IOException {
        assertThat(problems("", Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void invalid(Path file) throws IOException {
        String text = Files.readString(file);
        if ("write".equals(System.getProperty("hone.golden"))) {
            text = rewritten(text);
            Files.writeString(file, text);
        }
        assertThat(header(problems("", text))).isNotEmpty().isEqualTo(header(text));
        assertThat(problems("", text)).extracting(Problem::code).contains(codeOf(file));
    }

    @Test
    void everyCodeOfTheFileHasAFixture() throws IOException {
        Set<ProblemCode> codes = EnumSet.range(ProblemCode.YAML_SYNTAX, ProblemCode.ENDLESS_USE);
        // Those need a megabyte, see LimitsTest, or the compiler's certificate.
        codes.removeAll(Set.of(ProblemCode.YAML_TOO_LARGE, ProblemCode.UNBOUNDED, ProblemCode.OVER_BUDGET));
        codes.remove(ProblemCode.EDIT_REFUSED); // of a command, see EditsTest
        assertThat(invalid().map(FixtureTest::codeOf)).containsAll(codes);
    }

    static ProblemCode codeOf(Path file) {
        return ProblemCode.valueOf(file.getFileName().toString().split("[-.]")[0]);
    }

    private static List<String> header(String text) {
        return text.lines()
                .takeWhile(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .toList();
    }

    private static List<String> header(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.toString().replaceFirst("^:", ""))
                .toList();
    }

    private static String rewritten(String text) {
        String body = String.join(
                        "\n",
                        text.lines().dropWhile(line -> line.startsWith("# ")).toList()) + "\n";
        int lines = problems("", body).size();
        List<String> head = new ArrayList<>(header(problems("", "#\n".repeat(lines) + body)));
        head.replaceAll(line -> "# " + line);
        return String.join("\n", head) + "\n" + body;
    }
}
