package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Command.Ended;
import dev.hone.engine.work.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an author sees before anything runs. */
class CheckAndCompileTest {

    @TempDir
    Path directory;

    @Test
    void checkPrintsTheMostThatAWorkflowCanSpend() {
        Ended checked = Command.here("check", "feedback-edit");

        assertThat(checked.exit()).isEqualTo(Exit.DONE);
        assertThat(checked.out()).contains("no problems", "at most 20 model calls");
    }

    @Test
    void checkPrintsAllProblemsWithTheirPlaces() throws IOException {
        Path file = write("bad.yaml", """
                hone: 1
                name: bad
                slots: {writer: {kind: model, init: nobody/home}}
                flow:
                  - call: {role: wirter, out: text}
                  - loop: {until: "= text = 'x'"}
                    do: [{call: {role: writer, out: text}}]
                """);

        Ended checked = Command.here("check", file.toString());

        assertThat(checked.exit()).isEqualTo(Exit.REFUSED);
        assertThat(checked.out().lines().toList())
                .anyMatch(line -> line.startsWith(file + ":3:") && line.contains("UNKNOWN_PROVIDER"))
                .anyMatch(line -> line.startsWith(file + ":5:") && line.contains("UNKNOWN_SLOT"));
    }

    @Test
    void checkPrintsProblemsAsJsonForEditors() throws IOException {
        Path file = write("bad.yaml", "hone: 1\nname: [\n");

        Ended checked = Command.here("check", "--json", file.toString());

        var problem = Json.read(checked.out()).path(0);
        assertThat(problem.path("code").asText()).isEqualTo("YAML_SYNTAX");
        assertThat(problem.path("line").asInt()).isPositive();
        assertThat(problem.path("fix").asText()).isNotBlank();
    }

    @Test
    void compileWritesProcessRulesAndCertificate() throws IOException {
        Ended compiled = Command.here(
                "compile", "refine", "--out", directory.resolve("made").toString());

        assertThat(compiled.exit()).isEqualTo(Exit.DONE);
        try (var files = Files.list(directory.resolve("made"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("refine.bpmn", "refine.svg", "refine.drl", "refine.certificate.txt");
        }
        assertThat(directory.resolve("made/refine.svg")).content().contains("<svg", ">listprog-run:</text>");
        assertThat(directory.resolve("made/refine.bpmn")).content().contains("<process id=", "zeebe:taskDefinition");
        assertThat(directory.resolve("made/refine.drl")).content().contains("rule \"passes\"");
    }

    @Test
    void tablesAreFoundBesideTheWorkflowAndTheirMistakesWhereTheyAre() throws IOException {
        Path file = write("tabled.yaml", workflow("  - {table: rules/stops.csv, fact: verdict}\n"));
        Files.createDirectories(directory.resolve("rules"));
        Path table = write("rules/stops.csv", "seen.pass,then\ntrue,{exit: agian}\nfals e,{exit: again}\n");

        Ended wrong = Command.here("check", file.toString());
        write("rules/stops.csv", "seen.pass,then\ntrue,{exit: again}\n");
        Ended right = Command.here("check", file.toString());
        Ended compiled = Command.here("compile", file.toString(), "--out", directory.toString());
        Files.delete(table);
        Ended gone = Command.here("check", file.toString());

        assertThat(wrong.exit()).isEqualTo(Exit.REFUSED);
        assertThat(wrong.out()).startsWith(table + ":3:1: BAD_TABLE: 'fals e' is no test");
        assertThat(right.exit()).isEqualTo(Exit.DONE);
        assertThat(compiled.exit()).isEqualTo(Exit.DONE);
        assertThat(directory.resolve("tabled.drl")).content().contains("// " + table + ":2:1", "rule \"stops-1\"");
        assertThat(gone.exit()).isEqualTo(Exit.REFUSED);
        assertThat(gone.out()).startsWith(file + ":12:13: UNKNOWN_FILE: There is no file 'rules/stops.csv'");
    }

    @Test
    void rulesInDrlAreRefusedUnlessTheyAreTrusted() throws IOException {
        Path file = write("drl.yaml", workflow("  - {drl: stops.drl, may: [{fact: verdict, then: {exit: again}}]}\n"));
        String head = "package mine;\nimport dev.hone.engine.rules.*;\nglobal DrlText.Effects flow;\n";
        Path rules = write("stops.drl", head + "rule \"a\" when Fact.Verdict() then flow.exit(\"again\"); end\n");

        Ended refused = Command.here("check", file.toString());
        Ended trusted = Command.here("check", "--trusted", file.toString());
        write("stops.drl", head + "rule \"a\" when Fact.Verdict() then\n  flow.leave();\nend\n");
        Ended wrong = Command.here("compile", "--trusted", file.toString(), "--out", directory.toString());

        assertThat(refused.exit()).isEqualTo(Exit.REFUSED);
        assertThat(refused.out()).startsWith(file + ":12:11: NOT_TRUSTED").contains("--trusted");
        assertThat(trusted.exit()).isEqualTo(Exit.DONE);
        assertThat(wrong.exit()).isEqualTo(Exit.REFUSED);
        assertThat(wrong.err()).contains(rules + ":5:3: BAD_DRL: ").doesNotContain("Exception");
    }

    private static String workflow(String rules) {
        return """
                hone: 1
                name: tabled
                input: {task: text}
                slots: {writer: {kind: model, init: local/listprog-gen}}
                pools: {texts: {}}
                flow:
                  - loop: {id: again, max: 3}
                    do:
                      - call: {role: writer, in: {task: "= task"}, out: text, into: texts}
                      - exec: {tool: syllables, in: {text: "= text"}, out: seen, as: verdict}
                rules:
                """ + rules;
    }

    @Test
    void anUnknownWorkflowIsAProblemThatNamesTheCatalogue() {
        Ended ended = Command.here("run", "no-such-workflow");

        assertThat(ended.exit()).isEqualTo(Exit.REFUSED);
        assertThat(ended.err()).contains("NOT_FOUND", "no-such-workflow", "feedback-edit, ", "refine, ");
    }

    @Test
    void aWrongCommandLineIsExplained() {
        assertThat(Command.here("run", "refine", "--seed", "x").exit()).isEqualTo(Exit.USAGE);
        assertThat(Command.here("run", "refine", "--new", "--resume").exit()).isEqualTo(Exit.USAGE);
        assertThat(Command.here().exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void inputsAreCheckedBeforeAnythingIsStarted() throws IOException {
        Path wrong = write("wrong.json", "{\"task\": 3}");
        Path broken = write("broken.json", "{\n  \"task\": }\n");

        Ended typed = Command.here("run", "refine", "--input", wrong.toString(), "--data-dir", unused());
        Ended parsed = Command.here("run", "refine", "--input", broken.toString(), "--data-dir", unused());

        assertThat(List.of(typed.exit(), parsed.exit())).containsOnly(Exit.REFUSED);
        assertThat(typed.err()).contains("INPUT_TYPE", "the input task is 3", "the input hidden is missing");
        assertThat(parsed.err()).contains(broken + ":2:");
        assertThat(Path.of(unused())).doesNotExist();
    }

    @Test
    void lookingIntoADirectoryThatIsNotThereMakesNone() {
        Ended ended = Command.here("runs", "--data-dir", unused());

        assertThat(ended.exit()).isEqualTo(Exit.REFUSED);
        assertThat(ended.err()).contains("NOT_FOUND", unused());
        assertThat(Path.of(unused())).doesNotExist();
    }

    private String unused() {
        return directory.resolve("unused").toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
