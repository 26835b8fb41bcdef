package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ReplayReport.Agreement;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs begin with what was promoted, and say so. */
@Tag("slow")
@Timeout(120)
@ExtendWith(SharedEngine.class)
class PromotedTest {

    private static final String WORKFLOW = """
            hone: 1
            name: %s
            slots:
              speaker: {kind: model, init: guess/echo}
              line: {kind: prompt, init: "the file's own"}
              strictness: {kind: threshold, init: 0.5}
            pools: {said: {shape: flat}}
            budget: {calls: 1}
            flow:
              - call: {role: speaker, prompt: "= slot.line", out: text, into: said}
            """;

    private final Engine engine;

    PromotedTest(Engine engine) {
        this.engine = engine;
    }

    private static Source workflow(String name) {
        return new Source(name + ".yaml", WORKFLOW.formatted(name));
    }

    private Promotion promote(Source source, String slot, Object value) {
        return engine.promotions()
                .promote(new Promotion(
                        "promoted",
                        source.hash(),
                        slot,
                        0,
                        Json.node(value).toString(),
                        new Promotion.Evidence(
                                "file", "arm", "workflow", "solved", 0.2, 0.1, 0.3, 24.5, 20, 0.05, 40, 3),
                        Optional.empty(),
                        new Promotion.Act("ada", "", Instant.now()),
                        Optional.empty()));
    }

    private String started(Source source, RunRequest request) throws InterruptedException {
        Program program = engine.deploy(source);
        String run = engine.start(program, request);
        engine.await(run);
        return run;
    }

    private String said(String run) {
        return engine.result(run).orElseThrow().best().orElseThrow().value().asText();
    }

    @Test
    void aPromptThatWasPromotedIsReallyAskedWithAndARollbackEndsIt() throws Exception {
        Source source = workflow("promoted-prompt");
        String before = started(source, RunRequest.withoutInputs());
        Promotion first = promote(source, "line", "the first promoted");
        Promotion second = promote(source, "line", "the second promoted");
        String with = started(source, RunRequest.withoutInputs());
        engine.promotions().rollBack(second, first.act());
        String after = started(source, RunRequest.withoutInputs());
        engine.promotions().rollBack(first, first.act());
        String back = started(source, RunRequest.withoutInputs());

        assertThat(said(before)).isEqualTo("the file's own");
        assertThat(said(with)).isEqualTo("the second promoted");
        assertThat(said(after)).isEqualTo("the first promoted");
        assertThat(said(back)).isEqualTo("the file's own");
        assertThat(SharedEngine.bodies(engine.events(with), EventKind.RUN_STARTED, "run"))
                .singleElement()
                .satisfies(body ->
                        assertThat(body.path("promoted").path("line").asInt()).isEqualTo(second.version()));
    }

    @Test
    void aRunKeepsWhatItBeganWithInItsReplay() throws Exception {
        Source source = workflow("promoted-replay");
        String older = started(source, RunRequest.withoutInputs());
        promote(source, "line", "the promoted");
        String newer = started(source, RunRequest.withoutInputs());
        for (String run : List.of(older, newer)) {
            String replay = engine.replay(run);
            engine.await(replay);
            assertThat(ReplayReport.of(engine.events(run), engine.events(replay))
                            .agrees())
                    .isEqualTo(Agreement.SAME);
            assertThat(said(replay)).isEqualTo(said(run));
        }
    }

    @Test
    void whatTheCallerAsksForComesFirst() throws Exception {
        Source source = workflow("promoted-caller");
        promote(source, "line", "the promoted");
        promote(source, "speaker", "guess/nobody");
        String run = started(
                source,
                RunRequest.withoutInputs()
                        .withSlots(Map.of("line", Json.node("the caller's")))
                        .withModels(Map.of("speaker", "guess/echo")));
        assertThat(said(run)).isEqualTo("the caller's");
        assertThat(SharedEngine.bodies(engine.events(run), EventKind.RUN_STARTED, "run"))
                .singleElement()
                .satisfies(body -> assertThat(body.has("promoted")).isFalse());
    }

    @Test
    void whenTheFileChangesItsOwnValuesHoldAgain() throws Exception {
        Source source = workflow("promoted-changed");
        promote(source, "line", "the promoted");
        Source changed = SharedEngine.with(source, "init: 0.5", "init: 0.6");
        assertThat(said(started(changed, RunRequest.withoutInputs()))).isEqualTo("the file's own");
        assertThat(said(started(source, RunRequest.withoutInputs()))).isEqualTo("the promoted");
    }

    @Test
    void valuesThatASlotCannotHoldAreRefused() {
        Program program = engine.deploy(workflow("promoted-misfits"));
        assertThatThrownBy(() -> engine.start(
                        program,
                        RunRequest.withoutInputs()
                                .withSlots(Map.of(
                                        "line", Json.node("{{ open"),
                                        "strictness", Json.node("much"),
                                        "speaker", Json.node("guess/echo"),
                                        "nothing", Json.node(1)))))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.code())
                                .containsExactlyInAnyOrder(
                                        ProblemCode.PROMPT_FAILED,
                                        ProblemCode.INPUT_TYPE,
                                        ProblemCode.UNKNOWN_SLOT,
                                        ProblemCode.UNKNOWN_SLOT));
    }
}
