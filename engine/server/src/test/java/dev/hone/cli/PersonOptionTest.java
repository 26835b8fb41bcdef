package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.work.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hone run --person}. */
class PersonOptionTest {

    @TempDir
    Path directory;

    @BeforeEach
    void writeWorkflow() throws IOException {
        write("sure.yaml", """
                hone: 1
                name: approval
                input: {wanted: boolean}
                pools: {said: {shape: flat}}
                budget: {human: 1, time: PT1M}
                flow:
                  - human: {id: sure, form: approve, question: Shall we?, show: {wanted: "= wanted"}, out: approved}
                  - exec: {id: keep, tool: compute, in: {value: "= approved.approved"}, take: "= out.value", out: kept, into: said}
                measure:
                  sealed:
                    - exec: {tool: compute, in: {value: "= result"}}
                      report: {yes: "= out.value"}
                  report: ["yes"]
                """);
        write("cases.jsonl", "{\"wanted\": true}\n{\"wanted\": false}\n{\"wanted\": true}\n");
        write("person.yaml", "{person: 1, answers: {sure: {approved: wanted, delay: PT0.2S}}}");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void manyCasesThatNobodyWouldAnswerAreRefused() {
        Command.Ended ended = Command.here("run", file("sure.yaml"), "--cases", file("cases.jsonl"));

        assertThat(ended.exit()).isEqualTo(Exit.REFUSED);
        assertThat(ended.err()).contains("sure.yaml:7:5: UNBOUNDED: The step sure waits", "--person");
    }

    @Test
    void aScriptWithAProblemIsRefusedAtItsPlace() throws IOException {
        write("wrong.yaml", "person: 1\nanswers:\n  shure: {approved: wanted}\n");

        Command.Ended ended =
                Command.here("run", file("sure.yaml"), "--cases", file("cases.jsonl"), "--person", file("wrong.yaml"));

        assertThat(ended.exit()).isEqualTo(Exit.REFUSED);
        assertThat(ended.err()).contains("wrong.yaml:3:10: UNKNOWN_TARGET", "Did you mean 'sure'?");
        assertThat(Command.here("run", file("sure.yaml"), "--person", file("nobody.yaml"))
                        .err())
                .contains("there is no file");
    }

    @Test
    @Tag("slow")
    @Timeout(120)
    void theScriptAnswersInEveryCase() throws Exception {
        Command.Ended ended = Command.run(
                directory, "run", "sure.yaml", "--cases", "cases.jsonl", "--person", "person.yaml", "--json");

        assertThat(ended.exit()).as(ended.err()).isEqualTo(Exit.DONE);
        assertThat(Json.read(ended.out()).findValues("yes").stream().map(yes -> yes.asText()))
                .contains("true", "false");
    }
}
