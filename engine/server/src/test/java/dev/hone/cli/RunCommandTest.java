package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.cli.Command.Ended;
import dev.hone.engine.work.Json;
import dev.hone.workflows.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs as a person starts, stops, kills and resumes them. */
@Tag("slow")
@Timeout(180)
class RunCommandTest {

    /** A weak drafter and a weak editor, so that there is a loop to be stopped in. */
    private static final String[] LONG = {
        "run",
        "refine",
        "--input",
        "case.json",
        "--seed",
        "21",
        "--model",
        "drafter=local/listprog-gen-apprentice",
        "--model",
        "editor=local/listprog-gen-apprentice"
    };

    @TempDir
    Path directory;

    @BeforeEach
    void writeCase() throws IOException {
        Files.writeString(
                directory.resolve("case.json"),
                Catalogue.find("refine").orElseThrow().inputs().getFirst());
    }

    @Test
    void aRunPrintsItsProgressItsBestItsStopReasonAndItsSpend() throws Exception {
        Ended ended = Command.run(directory, "run", "refine", "--input", "case.json");

        assertThat(ended.exit()).isEqualTo(Exit.DONE);
        assertThat(ended.err()).contains("first-draft", "into drafts, score", "1 call");
        assertThat(ended.out())
                .contains("best  ", "stop  ", "refine/workflow.yaml:", "facts ", "spent  ", "measured  solved");
        assertThat(ended.err() + ended.out()).doesNotContain("Exception", "\tat ");
        assertThat(directory.resolve(".hone/logs/hone.log.0")).exists();

        Ended listed = Command.run(directory, "runs");
        assertThat(listed.out().lines()).hasSize(2).last().asString().contains("refine");
    }

    @Test
    void theDayOfATenantBoundsItsRuns() throws Exception {
        Files.writeString(directory.resolve("limits.yaml"), "day: {tenants: {acme: {calls: 0}}}\n");
        String[] refine = {"run", "refine", "--input", "case.json", "--limits", "limits.yaml", "--tenant"};

        Ended acme = Command.run(directory, with(refine, "acme"));
        assertThat(acme.out()).contains("today's limit of the tenant 'acme' has 0 of its 0 calls left");

        Ended other = Command.run(directory, with(refine, "other"));
        assertThat(other.exit()).isEqualTo(Exit.DONE);
        assertThat(other.out()).contains("measured  solved");
    }

    @Test
    void aMapShowsHowManyElementsItHas() throws Exception {
        Ended ended = Command.run(directory, "run", "feedback-edit", "--input", "case.json", "--param", "n=3");

        assertThat(ended.exit()).isEqualTo(Exit.DONE);
        assertThat(ended.err()).containsPattern("drafts.over +3 elements");
    }

    @Test
    void aKilledRunGoesOnWithoutPayingTwice() throws Exception {
        Process killed = Command.start(directory, LONG);
        Command.until(killed, "round 1, again");
        killed.destroyForcibly().waitFor();

        Ended ended = Command.run(directory, with(LONG, "--json"));

        assertThat(ended.exit()).isEqualTo(Exit.DONE);
        assertThat(ended.err()).contains("Going on with the run").doesNotContain("first-draft ");
        JsonNode end = Json.read(ended.out());
        Ended shown = Command.run(directory, "show", end.path("run").asText());
        long replies = shown.out()
                .lines()
                .filter(line -> line.matches(".*(draft|feedback) = .*"))
                .count();
        assertThat(end.path("spent").path("calls").asLong()).isEqualTo(replies);
    }

    @Test
    void aSignalCancelsWithTheBestSoFarAndResumeGoesOn() throws Exception {
        Process interrupted = Command.start(directory, LONG);
        Command.until(interrupted, "round 1, again");
        // The terminate signal takes the same way as Ctrl+C, which a build in the background makes its children ignore.
        interrupted.toHandle().destroy();
        Ended cancelled = Command.end(interrupted);

        assertThat(cancelled.exit()).isEqualTo(Exit.CANCELLED);
        assertThat(cancelled.out()).contains("stop      cancelled", "score");

        Ended resumed = Command.run(directory, with(LONG, "--resume"));
        assertThat(resumed.exit()).isEqualTo(Exit.DONE);
        assertThat(resumed.err()).contains("Going on with the run", "resumed").doesNotContain("first-draft ");
    }

    @Test
    void aKilledRunGoesOnWithTheTableThatItBeganWith() throws Exception {
        String text = Catalogue.find("refine").orElseThrow().text();
        String rule = "  - {id: passes, fact: verdict, when: \"checked.pass\", then: {accept: draft, exit: refine}}";
        assertThat(text).contains(rule);
        Path workflow = Files.writeString(
                directory.resolve("tabled.yaml"), text.replace(rule, "  - {table: passes.csv, fact: verdict}"));
        Path table = Files.writeString(
                directory.resolve("passes.csv"), "checked.pass,then\ntrue,\"{accept: draft, exit: refine}\"\n");
        String[] words = LONG.clone();
        words[1] = workflow.toString();
        Process killed = Command.start(directory, words);
        Command.until(killed, "round 1, again");
        killed.destroyForcibly().waitFor();
        Files.delete(table);
        Files.delete(workflow);
        String run =
                Command.run(directory, "runs").out().lines().toList().getLast().split(" ")[0];

        Ended resumed = Command.run(directory, "resume", run);
        Ended shown = Command.run(directory, "show", run);

        assertThat(resumed.exit()).isEqualTo(Exit.DONE);
        assertThat(resumed.out()).contains("best  ", "stop  ");
        assertThat(shown.out()).contains("round 1, again", "stop  ");
    }

    @Test
    void aDataDirectoryBelongsToOneProcess() throws Exception {
        Process first = Command.start(directory, "run", "feedback-edit");
        Command.until(first, "into candidates, score"); // of the first case, which is shown step by step

        Ended second = Command.run(directory, LONG);

        assertThat(second.exit()).isEqualTo(Exit.FAILED);
        assertThat(second.err()).contains("DATA_DIR_IN_USE", ".hone").doesNotContain("\tat ");
        first.destroyForcibly().waitFor();
    }

    @Test
    void aDeadEndpointEndsTheRunWithAProblemAndTheStateIsKept() throws Exception {
        Files.writeString(directory.resolve("dead.yaml"), """
                hone: 1
                name: dead
                slots: {writer: {kind: model, init: compatible/m, baseUrl: "http://127.0.0.1:9/v1"}}
                budget: {calls: 2}
                flow:
                  - call: {role: writer, prompt: "Say something.", out: text}
                """);

        Ended ended = Command.run(directory, "run", "dead.yaml");

        assertThat(ended.exit()).isEqualTo(Exit.FAILED);
        assertThat(ended.out()).contains("stop      problem", "dead.yaml:6:", "MODEL_UNREACHABLE", "spent     0 calls");
        assertThat(ended.out() + ended.err()).doesNotContain("\tat ");
    }

    @Test
    void casesAreRunBesideTheirControlsAndAKilledBatchGoesOn() throws Exception {
        Files.write(
                directory.resolve("cases.jsonl"),
                Catalogue.find("feedback-edit").orElseThrow().inputs().subList(0, 3));
        String[] words = {"run", "feedback-edit", "--cases", "cases.jsonl", "--parallel", "2", "--json"};

        Process killed = Command.start(directory, words);
        Command.until(killed, "single sample");
        killed.destroyForcibly().waitFor();
        Ended ended = Command.run(directory, words);

        assertThat(ended.exit()).isEqualTo(Exit.DONE);
        assertThat(ended.err()).contains("Going on with the batch");
        JsonNode report = Json.read(ended.out());
        assertThat(report.path("arms")).hasSize(4).allSatisfy(arm -> {
            assertThat(arm.path("cases").asInt()).isEqualTo(3);
            assertThat(arm.path("solved").path("count").asInt()).isBetween(0, 3);
        });
        assertThat(arm(report, "single_sample").path("calls").asInt()).isEqualTo(1);
        assertThat(arm(report, "iid_same_budget").path("calls"))
                .isEqualTo(arm(report, "workflow").path("calls"));
        assertThat(report.path("comparisons")).hasSize(3);
        Ended listed = Command.run(directory, "runs");
        assertThat(listed.out().lines().skip(1)).hasSize(12).noneMatch(line -> line.contains("has not ended"));
    }

    private static JsonNode arm(JsonNode report, String name) {
        for (JsonNode arm : report.path("arms")) {
            if (arm.path("arm").asText().equals(name)) {
                return arm;
            }
        }
        throw new AssertionError("no arm " + name);
    }

    private static String[] with(String[] words, String more) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 1);
        all[words.length] = more;
        return all;
    }
}
