package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.work.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(120)
class TasksCommandTest {

    @TempDir
    Path directory;

    @BeforeEach
    void writeWorkflow() throws Exception {
        Files.writeString(directory.resolve("people.yaml"), """
                hone: 1
                name: people
                pools: {said: {shape: flat}}
                budget: {human: 3, time: PT10M}
                flow:
                  - human: {id: sure, form: approve, question: Shall we?, out: approved}
                  - human: {id: better, form: edit, show: {draft: "A dog."}, out: edited}
                  - exec: {id: keep, tool: compute, in: {value: "= edited"}, into: said}
                """);
    }

    @Test
    void aRunThatWaitsForAPersonIsLeftAndGoesOnWithTheAnswer() throws Exception {
        Command.Ended begun = run("run", "people.yaml");
        assertThat(begun.exit()).as(begun.err()).isEqualTo(Exit.WAITING);
        assertThat(begun.err()).contains("waits for a person", "hone tasks");

        JsonNode tasks = Json.read(run("tasks", "--json").out());
        assertThat(tasks).hasSize(1);
        String task = tasks.path(0).path("task").asText();
        assertThat(task).endsWith("/sure");
        assertThat(run("tasks").out()).contains("task      " + task, "Shall we?", "yes or no:");

        Command.Ended unfit = run("tasks", "answer", task, "perhaps");
        assertThat(unfit.exit()).isEqualTo(Exit.REFUSED);
        assertThat(unfit.err()).contains("does not fit its form 'approve'");

        Command.Ended first = run("tasks", "answer", task, "yes");
        assertThat(first.exit()).as(first.err()).isEqualTo(Exit.WAITING);
        assertThat(first.err()).contains("1) draft: A dog.");

        Command.Ended again = run("tasks", "answer", task, "no");
        assertThat(again.exit()).isEqualTo(Exit.REFUSED);
        assertThat(again.err()).contains("there is no open task " + task);

        Command.Ended last = run("tasks", "answer", task.replace("/sure", "/better"), "A cat.", "--json");
        assertThat(last.exit()).as(last.err()).isEqualTo(Exit.DONE);
        JsonNode best = Json.read(last.out()).at("/best/value/value");
        assertThat(best.path("text").asText()).isEqualTo("A cat.");
        assertThat(best.path("changed").asBoolean()).isTrue();
        assertThat(run("tasks").out()).isEmpty();
    }

    private Command.Ended run(String... words) throws Exception {
        return Command.end(closed(Command.start(directory, words)));
    }

    /** Nobody is at the keyboard. */
    private static Process closed(Process process) throws Exception {
        process.getOutputStream().close();
        return process;
    }
}
