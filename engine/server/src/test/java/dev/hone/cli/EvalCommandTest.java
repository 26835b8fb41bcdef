package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.cli.Command.Ended;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import dev.hone.eval.Measured;
import dev.hone.eval.Reports;
import dev.hone.workflows.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations as a person starts, kills and repeats them. */
class EvalCommandTest {

    private static final int TASKS = 2;
    private static final int SEEDS = 2;

    @TempDir
    Path directory;

    @BeforeEach
    void writeTasks() throws IOException {
        Files.write(
                directory.resolve("tasks.jsonl"),
                Catalogue.find("refine").orElseThrow().inputs().subList(0, TASKS));
    }

    @Test
    @Tag("slow")
    @Timeout(400)
    void aKilledEvaluationGoesOnAndPairsItsArmsByTaskAndSeed() throws Exception {
        Files.writeString(directory.resolve("plan.yaml"), """
                seeds: 2
                data: tasks.jsonl
                arms:
                  short: {params: {rounds: 1}}
                """);
        String[] words = {"eval", "refine", "--plan", "plan.yaml", "--parallel", "2", "--out", "report", "--json"};

        Process cancelled = Command.start(directory, words);
        Command.until(cancelled, "1/20");
        cancelled.toHandle().destroy(); // takes the same way as Ctrl+C
        assertThat(Command.end(cancelled).exit()).isEqualTo(Exit.CANCELLED);
        Process killed = Command.start(directory, words);
        Command.until(killed, "/20");
        killed.destroyForcibly().waitFor();
        Ended ended = Command.run(directory, words);

        assertThat(ended.exit()).as(ended.err()).isEqualTo(Exit.DONE);
        assertThat(ended.err()).contains("Going on with the evaluation of which", "20/20", "Judging");
        JsonNode report = Json.read(ended.out());
        assertThat(report.path("rows")).hasSize(5 * TASKS * SEEDS);
        Map<String, JsonNode> rows = new HashMap<>();
        report.path("rows")
                .forEach(row -> rows.put(row.path("arm").asText() + row.path("task") + "/" + row.path("seed"), row));
        for (String place : new String[] {"1/1", "1/2", "2/1", "2/2"}) {
            assertThat(calls(rows, "iid_same_budget" + place)).isEqualTo(calls(rows, "workflow" + place));
            assertThat(calls(rows, "single_sample" + place)).isEqualTo(1);
            assertThat(calls(rows, "short" + place)).isLessThanOrEqualTo(3);
        }

        Map<String, Set<Long>> seeds = new HashMap<>();
        Set<String> realms = new HashSet<>();
        try (Engine engine = Engine.open(EngineOptions.at(directory.resolve(".hone")))) {
            for (RunRecord run : engine.latest(100)) {
                RunSetup setup = RunSetup.parse(run.setup());
                String place = setup.labels().get("task") + "/" + setup.labels().get("seed");
                seeds.computeIfAbsent(place, any -> new HashSet<>()).add(setup.seed());
                realms.add(setup.realm());
                long replies = engine.events(run.id()).stream()
                        .filter(event -> event.kind() == EventKind.CALLED)
                        .count();
                assertThat(engine.result(run.id()).orElseThrow().spent().calls())
                        .as("each call was paid once")
                        .isEqualTo(replies);
            }
            assertThat(engine.latest(100)).hasSize(5 * TASKS * SEEDS);
        }
        assertThat(seeds.values()).hasSize(TASKS * SEEDS).allMatch(all -> all.size() == 1);
        assertThat(realms).hasSize(5 * SEEDS);

        Ended again = Command.run(directory, words);
        assertThat(again.out()).as("all is there: nothing is run").isEqualTo(ended.out());
        String kept = Files.readString(directory.resolve("report/measured.json"));
        assertThat(kept).isEqualTo(ended.out());
        Reports reports = new Reports(Measured.read("measured.json", kept));
        assertThat(directory.resolve("report/measured.md")).hasContent(reports.markdown());
        assertThat(directory.resolve("report/report.html")).hasContent(reports.html());
        assertThat(kept).doesNotContain(directory.toString());
    }

    @Test
    void whatIsAskedWronglyIsSaidBeforeAnythingRuns() throws Exception {
        Path plan = directory.resolve("plan.yaml");
        String[] words = {"eval", "refine", "--plan", plan.toString()};

        refused(plan, words, "primary: speed\n", "plan.yaml:1:10: UNKNOWN_NAME", "It reports solved, calls, seconds");
        refused(plan, words, "arms: {a: {params: {round: 1}}}\n", "plan.yaml:1:8: UNKNOWN_NAME", "'rounds'");
        refused(plan, words, "arms: {a: {models: {writer: local/x}}}\n", "plan.yaml:1:29: UNKNOWN_SLOT", "drafter");
        refused(plan, words, "arms: {a: {file: no.yaml}}\n", "plan.yaml:1:18: UNKNOWN_FILE", "no.yaml");
        refused(plan, words, "data: no.jsonl\n", "plan.yaml:1:7: UNKNOWN_FILE", "no.jsonl");
        refused(plan, words, "sed: 1\n", "plan.yaml:1:1: UNKNOWN_KEY", "seeds");
        Files.writeString(directory.resolve("other.yaml"), """
                hone: 1
                name: other
                input: {question: text}
                flow:
                  - exec: {tool: compute, in: {value: "= question"}, out: answer}
                """);
        refused(plan, words, "arms: {a: {file: other.yaml}}\n", "plan.yaml:1:18: MISSING_INPUT", "question", "hidden");

        Files.writeString(plan, "seeds: 1\n");
        Ended arms = Command.here("eval", "refine", "--plan", plan.toString(), "--arms", "workflow,iid");
        assertThat(arms.exit()).isEqualTo(Exit.REFUSED);
        assertThat(arms.err()).contains("there is no arm 'iid'", "iid_same_budget");
        Ended none = Command.here("eval", "refine", "--plan", plan.toString(), "--seeds", "0");
        assertThat(none.err()).contains("--seeds is 0", "from 1 to 1000");
        Ended without = Command.here("eval", directory.resolve("other.yaml").toString());
        assertThat(without.err()).contains("comes with no tasks", "--data");
    }

    private static int calls(Map<String, JsonNode> rows, String place) {
        return Objects.requireNonNull(rows.get(place)).path("calls").asInt();
    }

    private static void refused(Path plan, String[] words, String text, String... said) throws IOException {
        Files.writeString(plan, text);
        Ended ended = Command.here(words);
        assertThat(ended.exit()).isEqualTo(Exit.REFUSED);
        assertThat(ended.err()).contains(said).doesNotContain("\tat ");
    }
}
