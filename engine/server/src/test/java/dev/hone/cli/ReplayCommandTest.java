package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.cli.Command.Ended;
import dev.hone.engine.work.Json;
import dev.hone.workflows.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run of the catalogue, replayed by another process. */
@Tag("slow")
@Timeout(180)
class ReplayCommandTest {

    @TempDir
    Path directory;

    @Test
    void aRunIsReplayedAndHeldAgainstOtherRules() throws Exception {
        Catalogue.Entry refine = Catalogue.find("refine").orElseThrow();
        Files.writeString(directory.resolve("case.json"), refine.inputs().getFirst());
        String rules = "rules:\n";
        assertThat(refine.text()).contains(rules);
        Files.writeString(
                directory.resolve("impatient.yaml"),
                refine.text()
                        .replace(
                                rules,
                                rules + "  - {id: enough, fact: verdict, when: \"not(checked.pass)\","
                                        + " then: {exit: refine}}\n"));
        JsonNode run = Json.read(Command.run(
                        directory,
                        "run",
                        "refine",
                        "--input",
                        "case.json",
                        "--seed",
                        "21",
                        "--model",
                        "drafter=local/listprog-gen-apprentice",
                        "--model",
                        "editor=local/listprog-gen-apprentice",
                        "--json")
                .out());
        String id = run.path("run").asText();

        Ended same = Command.run(directory, "replay", id);
        assertThat(same.exit()).isEqualTo(Exit.DONE);
        assertThat(same.out())
                .containsPattern("heard     \\d+ answers from the recording, none from elsewhere")
                .contains("same      every event, the result and the cost")
                .contains("a replay of " + id);

        Ended other = Command.run(directory, "replay", id, "--rules", "impatient.yaml");
        assertThat(other.exit()).isEqualTo(Exit.DONE);
        assertThat(other.out())
                .contains("differs   from event ", "replayed  rule: the rule enough")
                .containsPattern("saves     \\d+ calls, \\d+ tokens read");
        assertThat(Command.run(directory, "runs").out()).contains("replay of " + id + ": ");

        JsonNode told = Json.read(Command.run(directory, "replay", id, "--rules", "impatient.yaml", "--json")
                .out());
        assertThat(told.path("agrees").asText()).isEqualTo("DIFFERENT");
        assertThat(told.path("saves").path("calls").asInt())
                .isEqualTo(run.path("spent").path("calls").asInt() - 1);
    }
}
