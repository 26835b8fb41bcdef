package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.compile.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workflow and the files beside it. */
class SourceTest {

    private static final String TABLE = "seen.pass,then\ntrue,\"{accept: guess, exit: approach}\"\n";

    private static final String FLOW = SharedEngine.source("guess").text();

    private static final String WORKFLOW =
            FLOW.replaceFirst("(?m)^ {2}- \\{id: right.*$", "  - {table: rules/stops.csv, fact: verdict}");

    private final Workshop workshop = Workshop.discovered();

    @TempDir
    private Path outside;

    private Path folder;
    private Path file;

    @BeforeEach
    void aWorkflowWithATableBesideIt() throws IOException {
        folder = Files.createDirectories(outside.resolve("flows"));
        Files.createDirectories(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/stops.csv"), TABLE);
        Files.writeString(folder.resolve("rules/other.csv"), TABLE);
        file = Files.writeString(folder.resolve("guess.yaml"), WORKFLOW);
    }

    @Test
    void theFilesThatRulesNameAreReadWithTheWorkflowAndNoOthers() {
        Source source = Source.read(file);

        assertThat(source.companions()).containsExactlyEntriesOf(Map.of("rules/stops.csv", TABLE));
        assertThat(workshop.check(source)).isEmpty();
    }

    @Test
    void everyCharacterOfAFileIsPartOfTheHash() {
        Program program = workshop.compile(Source.read(file));
        Source other = new Source(file.toString(), WORKFLOW, Map.of("rules/stops.csv", TABLE + "\n"));

        assertThat(workshop.compile(Source.read(file)).hash()).isEqualTo(program.hash());
        assertThat(workshop.compile(other).rules()).isEqualTo(program.rules());
        assertThat(workshop.compile(other).hash()).isNotEqualTo(program.hash());
    }

    @Test
    void aMistakeInAFileStandsWhereItIsFromWhereTheWorkflowIsNamed() throws IOException {
        Files.writeString(folder.resolve("rules/stops.csv"), "seen.pass,then\ntrue,{exit: aproach}\n");

        assertThat(workshop.check(Source.read(file)))
                .extracting(Problem::toString)
                .containsExactly(folder.resolve("rules/stops.csv")
                        + ":2:13: UNKNOWN_TARGET: There is no step 'aproach'. Did you mean 'approach'?");
    }

    @Test
    void aTextWithoutItsFilesIsToldWhatIsMissing() {
        assertThat(workshop.check(new Source("guess.yaml", WORKFLOW)))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.UNKNOWN_FILE);
    }

    @Test
    void rulesInDrlThatAreTrustedHaveToBeThere() {
        Source source = new Source(
                "guess.yaml",
                WORKFLOW.replace(
                        "{table: rules/stops.csv, fact: verdict}",
                        "{drl: mine.drl, may: [{fact: verdict, then: {exit: approach}}]}"));

        assertThat(Workshop.discovered(true, PriceLists.shipped()).check(source))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.UNKNOWN_FILE);
        assertThat(workshop.check(source)).extracting(Problem::code).containsExactly(ProblemCode.NOT_TRUSTED);
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNotFollowed() throws IOException {
        Files.delete(folder.resolve("rules/stops.csv"));
        Files.writeString(outside.resolve("secret.csv"), TABLE);
        Files.createSymbolicLink(folder.resolve("rules/stops.csv"), outside.resolve("secret.csv"));

        Source source = Source.read(file);

        assertThat(source.companions()).isEmpty();
        assertThat(workshop.check(source)).extracting(Problem::code).containsExactly(ProblemCode.UNKNOWN_FILE);
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws IOException {
        Files.write(folder.resolve("rules/stops.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> Source.read(file))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("stops.csv is not UTF-8 text");
    }
}
