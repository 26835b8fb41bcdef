package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.local.LocalProvider;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A workflow of the catalogue with its models behind an OpenAI-compatible server: one line of each slot is another. */
@Tag("slow")
@Timeout(120)
class OverHttpTest {

    /** The key of the test is the value of a variable that every machine has. */
    private static final String SECRET = System.getenv("PATH");

    @TempDir
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private OpenAiServer server;

    @SuppressWarnings("NullAway.Init")
    private Engine engine;

    @BeforeEach
    void open() throws Exception {
        Map<String, Model> models = new LinkedHashMap<>();
        for (String name : List.of("listprog-gen", "listprog-critic", "listprog-editor")) {
            models.put(name, new LocalProvider().open(name, ModelSettings.DEFAULT));
        }
        server = OpenAiServer.serving(models);
        engine = Engine.open(EngineOptions.at(directory));
    }

    @AfterEach
    void close() {
        engine.close();
        server.close();
    }

    @Test
    void itRunsAndEveryCallThatCountsWasARequest() throws Exception {
        RunResult result = engine.await(start());

        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        assertThat(result.spent().calls()).isEqualTo(server.requests()).isBetween(4L, 20L);
        assertThat(result.best().orElseThrow().value().asText()).isNotBlank();
        assertThat(result.measured()).containsKey("solved");
        assertThat(server.last().orElseThrow().headers()).containsEntry("authorization", "Bearer " + SECRET);
    }

    @Test
    void theSameSeedGivesTheSameRepliesThroughTheWire() throws Exception {
        String first = start();
        String second = start();
        engine.await(first);
        engine.await(second);

        assertThat(outputs(second)).isEqualTo(outputs(first));
    }

    @Test
    void aRefusedKeyEndsTheRunAtItsLineAndTheKeyIsNowhereAndResumingBuysNothingTwice() throws Exception {
        server.next(Misbehaviour.Status.error(401, "the key " + SECRET + " is not known"));
        String run = start();
        RunResult refused = engine.await(run);

        assertThat(refused.stop().problem().orElseThrow()).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_DENIED);
            assertThat(problem.where().orElseThrow().toString()).startsWith("feedback-edit/workflow.yaml:46:");
            assertThat(problem.fix()).isNotBlank();
        });
        assertThat(engine.events(run)).noneMatch(event -> event.body().contains(SECRET));

        engine.resume(run);
        RunResult resumed = engine.await(run);

        assertThat(resumed.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        List<String> bought = engine.events(run).stream()
                .filter(event -> event.kind() == EventKind.CALLED)
                .map(event -> event.element() + "@" + event.iteration())
                .toList();
        assertThat(bought).doesNotHaveDuplicates();
        assertThat(resumed.spent().calls()).isEqualTo(bought.size());
    }

    @Test
    void aDeadEndpointEndsTheRunWithItsAddress() throws Exception {
        Program program = engine.deploy(source());
        server.close();
        RunResult result = engine.await(engine.start(program, RunRequest.of(inputs())));

        assertThat(result.stop().problem().orElseThrow()).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_UNREACHABLE);
            assertThat(problem.what()).contains(server.baseUrl().getAuthority());
        });
        assertThat(result.spent().calls()).isZero();
    }

    private String start() {
        return engine.start(engine.deploy(source()), RunRequest.of(inputs()).withSeed(3));
    }

    private Source source() {
        String text = Catalogue.find("feedback-edit").orElseThrow().text();
        String remote = text.replaceAll(
                "init: local/([a-z-]+),", "init: compatible/$1, baseUrl: \"" + server.baseUrl() + "\", key: env:PATH,");
        assertThat(remote).isNotEqualTo(text);
        return new Source("feedback-edit/workflow.yaml", remote);
    }

    private static ObjectNode inputs() {
        return (ObjectNode)
                Json.read(Catalogue.find("feedback-edit").orElseThrow().inputs().get(1));
    }

    private List<String> outputs(String run) {
        return engine.events(run).stream()
                .filter(event -> event.kind() == EventKind.OUTPUT)
                .map((RunEvent event) -> event.element() + " " + event.iteration() + " " + event.body())
                .sorted()
                .toList();
    }
}
