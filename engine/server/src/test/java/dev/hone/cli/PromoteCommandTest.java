package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.cli.Command.Ended;
import dev.hone.engine.Source;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import dev.hone.server.Samples;
import dev.hone.workflows.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A better value is evaluated, promoted, used and taken back; a worse one is not promoted. */
class PromoteCommandTest {

    @TempDir
    Path directory;

    private Ended promote(String... words) {
        List<String> all = new ArrayList<>(
                List.of("promote", directory.resolve("shift.yaml").toString()));
        all.addAll(List.of(words));
        all.addAll(List.of("--data-dir", directory.resolve(".hone").toString(), "--by", "ada"));
        return Command.here(all.toArray(String[]::new));
    }

    @Test
    @Tag("slow")
    @Timeout(240)
    void whatIsShownIsPromotedUsedAndTakenBack() throws Exception {
        Files.writeString(directory.resolve("shift.yaml"), Samples.SHIFT);
        Files.writeString(
                directory.resolve("eval.yaml"), "seeds: 1\narms: {up: {slots: {step: 1}}, far: {slots: {step: 9}}}\n");
        Files.write(
                directory.resolve("tasks.jsonl"),
                IntStream.range(0, 12)
                        .mapToObj(n ->
                                Json.object().put("n", n).put("hidden", n + 1).toString())
                        .toList());
        Files.writeString(directory.resolve("case.json"), "{\"n\": 3, \"hidden\": 4}");
        String measured = directory.resolve("out/measured.json").toString();
        Ended evaluated = Command.run(directory, "eval", "shift.yaml", "--data", "tasks.jsonl", "--out", "out");
        assertThat(evaluated.exit()).as(evaluated.err()).isEqualTo(Exit.DONE);

        Ended missed = promote("--slot", "step", "--evidence", measured, "--arm", "far");
        assertThat(missed.exit()).isEqualTo(Exit.REFUSED);
        assertThat(missed.err())
                .contains(
                        "NOT_SHOWN", "far is +0.00 [", "on 12 tasks with 1 seed", "the e-value is 1 of the 40 needed");

        String[] good = {"--slot", "step", "--evidence", measured, "--arm", "up", "--because", "hidden is one more"};
        Ended dry = promote("--slot", "step", "--evidence", measured, "--arm", "up", "--dry-run");
        assertThat(dry.out()).contains("It would be promoted: step of shift.", "gain      +1.00 [");
        assertThat(promote("--list").out()).contains("Nothing is promoted for shift");

        Ended done = promote(good);
        assertThat(done.exit()).as(done.err()).isEqualTo(Exit.DONE);
        assertThat(done.out()).contains("Promoted version 2 of step of shift.", "because hidden is one more");
        assertThat(promote("--list").out()).contains("step version 2, holds", "by        ada, ");

        Ended run = Command.run(directory, "run", "shift.yaml", "--input", "case.json", "--json");
        JsonNode result = Json.read(run.out());
        assertThat(result.path("best").path("value").asText()).isEqualTo("4");
        assertThat(Command.here(
                                "show",
                                result.path("run").asText(),
                                "--data-dir",
                                directory.resolve(".hone").toString())
                        .out())
                .contains("step is promoted version 2");

        assertThat(promote(good).err()).as("it is no gain over itself").contains("BAD_EVIDENCE");
        assertThat(promote("--rollback", "--slot", "step").out()).contains("Taken back: version 2 of step");
        assertThat(promote("--rollback", "--slot", "step").err()).contains("NOT_FOUND");
        ObjectNode listed =
                (ObjectNode) Json.read(promote("--list", "--json").out()).get(0);
        assertThat(listed.path("holds").asBoolean()).isFalse();
        assertThat(listed.path("evidence").path("file").asText()).hasSize(64);
        assertThat(listed.path("rolledBack").path("by").asText()).isEqualTo("ada");
    }

    /** Programs are asked for. The model of the file sorts words; one that a run looks for, if it is to, writes programs. */
    private static final String WRITERS = """
            hone: 1
            name: writers
            input: {words: list, task: object}
            params: {look: none}
            slots: {writer: {kind: model, init: player/sorter, temperature: 1.0, maxTokens: 100}}
            pools: {answers: {shape: flat}}
            budget: {calls: 1}
            flow:
              - if: "= look = 'named'"
                do:
                  - slot: {id: find, set: writer, to: "= 'local/listprog-gen'"}
              - if: "= look = 'trained'"
                do:
                  - slot: {id: train, set: writer, to: "= {model: 'local/listprog-gen', adapter: {format: 'f', data: 'd'}}"}
              - if: "= look = 'none'"
                do:
                  - call: {id: write, role: writer, in: {words: "= words", task: "= task"}, out: answer, into: answers}
            measure:
              sealed:
                - exec: {tool: assert, in: {checks: {program: "= contains(result, ' | ')"}}}
                  report: {solved: "= out.pass"}
              report: [solved]
            """;

    @Test
    @Tag("slow")
    @Timeout(240)
    void aModelThatARunFoundIsPromotedByNameAndUsed() throws Exception {
        Files.writeString(directory.resolve("shift.yaml"), WRITERS);
        Files.writeString(
                directory.resolve("eval.yaml"), "seeds: 1\narms: {other: {models: {writer: local/listprog-gen}}}\n");
        List<String> tasks = Catalogue.find("feedback-edit").orElseThrow().inputs().stream()
                .map(line -> (ObjectNode) Json.read(line))
                .peek(task ->
                        List.of("pear", "fig", "kiwi", "plum", "lime", "date").forEach(task.withArray("words")::add))
                .map(task -> task.retain("words", "task").toString())
                .toList();
        Files.write(directory.resolve("tasks.jsonl"), tasks);
        Files.writeString(directory.resolve("case.json"), tasks.getFirst());
        String measured = directory.resolve("out/measured.json").toString();
        Ended evaluated = Command.run(directory, "eval", "shift.yaml", "--data", "tasks.jsonl", "--out", "out");
        assertThat(evaluated.exit()).as(evaluated.err()).isEqualTo(Exit.DONE);

        String named = run("--param", "look=named").path("run").asText();
        String trained = run("--param", "look=trained").path("run").asText();
        String[] found = {"--slot", "writer", "--evidence", measured, "--from-run", named};
        assertThat(promote("--slot", "writer", "--evidence", measured, "--from-run", trained)
                        .err())
                .contains(trained + " has trained the model of the slot writer");
        assertThat(promote("--slot", "writer", "--evidence", measured, "--model", "player/mender")
                        .err())
                .contains("BAD_EVIDENCE", "used \"local/listprog-gen\"", "not \"player/mender\"");
        assertThat(promote("--slot", "writer", "--evidence", measured, "--model", "local/listprog-gen", "--dry-run")
                        .out())
                .contains("It would be promoted: writer of writers.");

        Ended done = promote(found);
        assertThat(done.exit()).as(done.err()).isEqualTo(Exit.DONE);
        assertThat(done.out()).contains("Promoted version 2 of writer of writers.", "local/listprog-gen", named);
        assertThat(run().path("best").path("value").asText()).contains(" | ");
        assertThat(promote("--rollback", "--slot", "writer").exit()).isEqualTo(Exit.DONE);
        assertThat(run().path("best").path("value").asText()).doesNotContain("|");
    }

    private JsonNode run(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("run", "shift.yaml", "--input", "case.json", "--json"));
        all.addAll(List.of(words));
        return Json.read(Command.run(directory, all.toArray(String[]::new)).out());
    }

    @Test
    void aNameOfTheCatalogueIsTheTextThatWasPromotedToItsPlaceAndAFileIsItself() throws Exception {
        Path data = directory.resolve("data");
        String text = Catalogue.find("refine").orElseThrow().text();
        Source better = new Source("better.yaml", text.replace("rounds: 6", "rounds: 5"));
        Source best = new Source("best.yaml", text.replace("rounds: 6", "rounds: 4"));
        Files.writeString(directory.resolve("refine.yaml"), text);
        Choice named = Choice.of("refine");
        Choice file = Choice.of(directory.resolve("refine.yaml").toString());
        try (Ledger ledger = Ledger.open(data)) {
            Promotion first = ledger.promote(whole(named.source(), better));
            Promotion second = ledger.promote(whole(better, best));

            assertThat(named.promoted(ledger, "default").source()).isEqualTo(best);
            assertThat(named.replaced(ledger, "default")).isEqualTo(better);
            assertThat(file.promoted(ledger, "default")).isEqualTo(file);
            ledger.rollBack(second, first.act());
            assertThat(named.promoted(ledger, "default").source()).isEqualTo(better);
            ledger.rollBack(first, first.act());
            assertThat(named.promoted(ledger, "default").source()).isEqualTo(named.source());
            ledger.promote(whole(named.source(), better));
            ledger.promote("acme", whole(named.source(), best));
            assertThat(named.promoted(ledger, "acme").source()).isEqualTo(best);
            assertThat(named.promoted(ledger, "default").source()).isEqualTo(better);
        }
        Ended theirs =
                Command.here("promote", "refine", "--rollback", "--tenant", "acme", "--data-dir", data.toString());
        assertThat(theirs.out()).contains("Taken back: version 2 of the workflow of refine.");
        Ended back = Command.here("promote", "refine", "--rollback", "--data-dir", data.toString());
        assertThat(back.out()).contains("Taken back: version 4 of the workflow of refine.");
    }

    private static Promotion whole(Source source, Source other) {
        return new Promotion(
                "refine",
                source.hash(),
                Promotion.WHOLE,
                0,
                Json.MAPPER.valueToTree(other).toString(),
                new Promotion.Evidence("file", "other", "workflow", "solved", 0.2, 0.1, 0.3, 24.5, 20, 0.05, 40, 3),
                Optional.empty(),
                new Promotion.Act("ada", "", Instant.now()),
                Optional.empty());
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() throws Exception {
        Files.writeString(directory.resolve("shift.yaml"), Samples.SHIFT);
        try (Ledger ledger = Ledger.open(directory.resolve(".hone"))) {
            assertThat(ledger.promotions("shift")).isEmpty();
        }
        assertThat(promote().err()).contains("Missing option: '--evidence'");
        assertThat(promote("--evidence", "x.json").err()).contains("Missing option: '--slot'");
        assertThat(promote("--evidence", "x.json", "--slot", "stop").err()).contains("Did you mean 'step'?");
        assertThat(promote("--evidence", "x.json", "--slot", "step").err()).contains("there is no file x.json");
        assertThat(promote("--evidence", "x.json", "--slot", "step", "--value", "much")
                        .err())
                .contains("is no number");
        assertThat(promote("--evidence", "x.json", "--slot", "step", "--alpha", "2")
                        .exit())
                .isEqualTo(2);
        assertThat(promote("--evidence", "x.json", "--workflow", "shift.yaml").err())
                .contains("runs as the file is");
    }
}
