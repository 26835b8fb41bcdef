package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.cli.Command.Ended;
import dev.hone.dsl.Explanation;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Skeleton;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import dev.hone.engine.work.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What helps an author before there is a workflow, and when it has a problem. */
class AuthorCommandsTest {

    private static final Workshop WORKSHOP = Workshop.discovered();

    @TempDir
    Path directory;

    // --- new

    static List<Skeleton> skeletons() {
        return Skeleton.all();
    }

    @ParameterizedTest
    @MethodSource("skeletons")
    void whatNewWritesHasNoProblemsAndABound(Skeleton skeleton) {
        String file = directory.resolve("mine.yaml").toString();

        Ended made = Command.here("new", skeleton.name(), file);
        Ended checked = Command.here("check", file);

        assertThat(made).isEqualTo(new Ended(Exit.DONE, file + System.lineSeparator(), ""));
        assertThat(Path.of(file))
                .content()
                .contains("\nname: mine\n", "hone check mine.yaml")
                .doesNotContain(skeleton.name() + ".yaml")
                .hasLineCount((int) skeleton.text().lines().count());
        assertThat(checked.exit()).isEqualTo(Exit.DONE);
        assertThat(checked.out()).contains("no problems", "at most");
    }

    @Test
    void newAloneListsTheSkeletons() {
        Ended listed = Command.here("new");

        assertThat(listed.exit()).isEqualTo(Exit.DONE);
        assertThat(listed.out().lines())
                .hasSameSizeAs(skeletons())
                .anyMatch(line -> line.startsWith("revise") && line.contains("draft, verify, critique, edit"));
    }

    @Test
    void newOverwritesNothing() throws IOException {
        Path mine = Files.writeString(directory.resolve("mine.yaml"), "mine");

        Ended over = Command.here("new", "revise", mine.toString());
        Ended directly = Command.here("new", "revise", directory.toString());

        assertThat(List.of(over.exit(), directly.exit())).containsOnly(Exit.REFUSED);
        assertThat(over.err()).contains("FILE_FAILED", mine + " is there already");
        assertThat(directly.err()).contains("FILE_FAILED", directory + " is a directory");
        assertThat(mine).hasContent("mine");
        assertThat(directory).isDirectoryContaining(mine::equals);
    }

    @Test
    void newSaysWhyItCannotWrite() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        Ended nowhere = Command.here(
                "new", "revise", directory.resolve("none/mine.yaml").toString());
        Ended below = Command.here("new", "revise", file.resolve("mine.yaml").toString());

        assertThat(List.of(nowhere.exit(), below.exit())).containsOnly(Exit.REFUSED);
        assertThat(nowhere.err())
                .contains("FILE_FAILED", "the directory " + directory.resolve("none") + " is not there");
        assertThat(below.err())
                .contains("FILE_FAILED", "mine.yaml cannot be written")
                .doesNotContain("\tat ");
    }

    @Test
    void anUnknownSkeletonNamesANearOne() {
        Ended near = Command.here("new", "revis", directory.resolve("x.yaml").toString());
        Ended far = Command.here("new", "something-else");

        assertThat(List.of(near.exit(), far.exit())).containsOnly(Exit.REFUSED);
        assertThat(near.err()).contains("NOT_FOUND", "Did you mean 'revise'?");
        assertThat(far.err()).contains("'hone new' lists those there are.");
        assertThat(directory).isEmptyDirectory();
    }

    // --- check

    @Test
    void checkTakesManyFilesAndPrintsOneJsonArray() throws IOException {
        Path good = Files.writeString(
                directory.resolve("good.yaml"), skeletons().getFirst().text());
        Path bad = Files.writeString(
                directory.resolve("bad.yaml"), "hone: 1\nname: bad\nflow:\n  - exec: {tool: syllabels}\n");
        String none = directory.resolve("none.yaml").toString();

        Ended checked = Command.here("check", good.toString(), bad.toString(), none, "--json");

        assertThat(checked.exit()).isEqualTo(Exit.REFUSED);
        assertThat(checked.err()).isEmpty();
        JsonNode problems = Json.read(checked.out());
        assertThat(problems)
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.fieldNames())
                        .toIterable()
                        .containsExactly("file", "line", "column", "code", "what", "fix"));
        assertThat(problems.get(0))
                .isEqualTo(Json.object()
                        .put("file", bad.toString())
                        .put("line", 4)
                        .put("column", 18)
                        .put("code", "UNKNOWN_TOOL")
                        .put("what", "There is no tool 'syllabels'.")
                        .put("fix", "Did you mean 'syllables'?"));
        assertThat(problems.get(1).path("file").asText()).isEqualTo(none);
        assertThat(problems.get(1).path("code").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void withoutProblemsTheArrayIsEmpty() {
        assertThat(Command.here("check", "--json", "refine", "feedback-edit"))
                .isEqualTo(new Ended(Exit.DONE, "[ ]" + System.lineSeparator(), ""));
    }

    @Test
    void aFileThatCannotBeReadDoesNotKeepTheOthersFromBeingChecked() {
        Ended checked = Command.here("check", "no-such-file", "refine");

        assertThat(checked.exit()).isEqualTo(Exit.REFUSED);
        assertThat(checked.err()).contains("NOT_FOUND", "no-such-file");
        assertThat(checked.out()).contains("refine/workflow.yaml: no problems");
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws IOException {
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe9, '\n'});

        Ended bytes = Command.here("check", latin.toString());
        Ended folder = Command.here("check", directory.toString());
        Ended nul = Command.here("check", "a\0b");

        assertThat(List.of(bytes.exit(), folder.exit(), nul.exit())).containsOnly(Exit.REFUSED);
        assertThat(bytes.err()).contains("FILE_FAILED", latin + " is not UTF-8 text");
        assertThat(folder.err()).contains("FILE_FAILED", directory + " is a directory");
        assertThat(nul.err()).contains("FILE_FAILED", "cannot be the name of a file");
    }

    // --- explain

    static Stream<Explanation> withExample() {
        return Explanation.all().stream()
                .filter(explanation -> explanation.example().isPresent());
    }

    /** With the real tools and providers, and with the compiler. */
    @ParameterizedTest
    @MethodSource("withExample")
    void anExampleIsWrongAndRightAsItSays(Explanation explanation) {
        Explanation.Example example = explanation.example().orElseThrow();

        assertThat(WORKSHOP.check(new Source("wrong.yaml", example.wrong())))
                .extracting(Problem::code)
                .isNotEmpty()
                .containsOnly(explanation.code());
        assertThat(WORKSHOP.check(new Source("right.yaml", example.right()))).isEmpty();
    }

    @Test
    void explainPrintsReasonAndBothWorkflows() {
        Ended explained = Command.here("explain", "unknown_tool");

        assertThat(explained.exit()).isEqualTo(Exit.DONE);
        assertThat(explained.out())
                .startsWith("UNKNOWN_TOOL: There is no tool of this name.")
                .contains("Wrong:", "      - exec: {tool: sylables,", "Right:", "      - exec: {tool: syllables,")
                .doesNotContain("```");
        assertThat(Command.here("explain", "LEDGER_FAILED").out())
                .contains("disk is full")
                .doesNotContain("Wrong:");
    }

    @Test
    void explainAloneListsAllCodes() {
        assertThat(Command.here("explain").out().lines())
                .hasSize(ProblemCode.values().length)
                .allMatch(line -> line.matches("[A-Z_]+ +[A-Z].*\\."));
    }

    @Test
    void anUnknownCodeNamesANearOne() {
        Ended near = Command.here("explain", "SELF_GRADNG");
        Ended far = Command.here("explain", "X");

        assertThat(List.of(near.exit(), far.exit())).containsOnly(Exit.REFUSED);
        assertThat(near.err()).contains("NOT_FOUND", "'SELF_GRADNG'", "Did you mean 'SELF_GRADING'?");
        assertThat(far.err()).contains("'hone explain' lists those there are.");
    }

    // --- schema

    @Test
    void schemaPrintsTheSchemaOfTheLanguage() {
        Ended printed = Command.here("schema");

        assertThat(printed.exit()).isEqualTo(Exit.DONE);
        assertThat(Json.read(printed.out())
                        .path("oneOf")
                        .get(0)
                        .path("properties")
                        .has("flow"))
                .isTrue();
    }
}
