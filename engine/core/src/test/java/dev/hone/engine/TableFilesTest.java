package dev.hone.engine;

import static dev.hone.engine.SharedEngine.target;
import static dev.hone.engine.SharedEngine.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.work.Json;
import dev.hone.engine.world.GuessProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose rules stand in files beside the workflow, on a real broker. */
@Tag("slow")
@Timeout(120)
class TableFilesTest {

    private static final String RULE =
            "  - {id: right, fact: verdict, when: \"seen.pass\", then: {accept: guess, exit: approach}}";

    private static final String INLINE = """
              - table: stops
                fact: verdict
                inputs: ["seen.pass", "round"]
                rows:
                  - {if: [true, "< 2"], then: {accept: guess, flag: early, exit: approach}}
                  - {if: [true, "-"], then: {accept: guess, exit: approach}}
            """.stripTrailing();

    private static final String CSV = """
            seen.pass,round,then
            true,< 2,"{accept: guess, flag: early, exit: approach}"
            true,-,"{accept: guess, exit: approach}"
            """;

    private static final String DMN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="stops" namespace="urn:stops">
              <decision name="stops">
                <decisionTable hitPolicy="FIRST">
                  <input><inputExpression><text>seen.pass</text></inputExpression></input>
                  <input><inputExpression><text>round</text></inputExpression></input>
                  <output name="then"/>
                  <rule>
                    <inputEntry><text>true</text></inputEntry>
                    <inputEntry><text>&lt; 2</text></inputEntry>
                    <outputEntry><text>{accept: "guess", flag: "early", exit: "approach"}</text></outputEntry>
                  </rule>
                  <rule>
                    <inputEntry><text>true</text></inputEntry>
                    <inputEntry><text>-</text></inputEntry>
                    <outputEntry><text>{accept: "guess", exit: "approach"}</text></outputEntry>
                  </rule>
                </decisionTable>
              </decision>
            </definitions>
            """;

    @TempDir
    private Path directory;

    private Path workflow(String name, String rules, String model) throws Exception {
        Path folder = Files.createDirectories(directory.resolve(name));
        Files.createDirectories(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/stops.csv"), CSV);
        Files.writeString(folder.resolve("rules/stops.dmn"), DMN);
        String text = with(with(SharedEngine.source("guess"), RULE, rules), "guess/hint", model)
                .text();
        return Files.writeString(folder.resolve("guess.yaml"), text);
    }

    private Engine open() {
        return Engine.open(EngineOptions.at(directory.resolve("data")));
    }

    private static List<JsonNode> decisions(Engine engine, String run) {
        return engine.events(run).stream()
                .filter(event -> event.kind() == EventKind.DECIDED)
                .map(event -> Json.read(event.body().replaceAll("\"where\":\"[^\"]*\"", "\"where\":\"\"")))
                .toList();
    }

    @Test
    void aTableWrittenThriceTakesTheSameDecisions() throws Exception {
        Path inline = workflow("inline", INLINE, "guess/hint");
        Path csv = workflow("csv", "  - {table: rules/stops.csv, fact: verdict}", "guess/hint");
        Path dmn = workflow("dmn", "  - {table: rules/stops.dmn, fact: verdict}", "guess/hint");
        try (Engine engine = open()) {
            String first =
                    engine.start(engine.deploy(Source.read(inline)), target(5).withSeed(4));
            String second =
                    engine.start(engine.deploy(Source.read(csv)), target(5).withSeed(4));
            String third =
                    engine.start(engine.deploy(Source.read(dmn)), target(5).withSeed(4));
            RunResult result = engine.await(first);

            assertThat(result.stop().rule())
                    .hasValueSatisfying(rule -> assertThat(rule).startsWith("stops-"));
            assertThat(engine.await(second).best()).isEqualTo(result.best());
            assertThat(engine.await(third).best()).isEqualTo(result.best());
            assertThat(decisions(engine, first)).isNotEmpty();
            assertThat(decisions(engine, second)).isEqualTo(decisions(engine, first));
            assertThat(decisions(engine, third)).isEqualTo(decisions(engine, first));
            assertThat(engine.await(second).stop().where())
                    .contains(csv.resolveSibling("rules/stops.csv") + ":"
                            + (result.stop().rule().orElseThrow().endsWith("1") ? 2 : 3) + ":1");
        }
    }

    @Test
    void aRunGoesOnWithTheTableAsItWasWhenTheRunBegan() throws Exception {
        Path file = workflow("gone", "  - {table: rules/stops.csv, fact: verdict}", "guess/flaky");
        String run;
        GuessProvider.FLAKY.set(true);
        try (Engine engine = open()) {
            run = engine.start(engine.deploy(Source.read(file)), target(5).withSeed(4));
            assertThat(engine.await(run).stop().problem())
                    .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_UNREACHABLE));
        } finally {
            GuessProvider.FLAKY.set(false);
        }
        Files.delete(file.resolveSibling("rules/stops.csv"));
        Files.writeString(file, "no workflow any more");

        try (Engine engine = open()) {
            engine.resume(run);
            RunResult result = engine.await(run);

            assertThat(result.stop().rule())
                    .hasValueSatisfying(rule -> assertThat(rule).startsWith("stops-"));
            assertThat(result.stop().where().orElseThrow()).contains("gone/rules/stops.csv:");
        }
    }
}
