package dev.hone.dsl.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.FixtureTest;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is renamed in a file, the checks find what they found before: no reference was forgotten. */
class RenamedFilesTest {

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> valid = Files.list(Path.of("src/test/resources/valid"));
                Stream<Path> ugly = Files.list(Path.of("src/test/resources/edit"))) {
            return Stream.concat(valid, ugly).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void noReferenceIsForgotten(Path file) throws Exception {
        String text = Files.readString(file);
        Names names = Names.of(Source.read("x", text));
        List<ProblemCode> before = codes(text);
        Set<String> words =
                WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
        for (Edit.Kind kind : Edit.Kind.values()) {
            for (String word : words) {
                if (names.isDeclared(kind, word)
                        && Edits.apply("x", text, new Edit.Rename(kind, word, "quite_new"))
                                instanceof Edited.Done(String renamed, int from, int to)) {
                    assertThat(codes(renamed)).as("%s %s", kind, word).isEqualTo(before);
                }
            }
        }
    }

    private static List<ProblemCode> codes(String text) {
        return FixtureTest.problems("x", text).stream().map(Problem::code).toList();
    }
}
