package dev.hone.engine;

import static dev.hone.engine.SharedEngine.places;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static dev.hone.engine.SharedEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.work.Json;
import dev.hone.engine.world.GuessProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every way in which a run ends before its flow does, or does not begin at all. */
@Tag("slow")
@Timeout(60)
@ExtendWith(SharedEngine.class)
class EndingTest {

    private static final Source GUESS = source("guess");

    private final Engine engine;

    EndingTest(Engine engine) {
        this.engine = engine;
    }

    private String start(Source source, RunRequest request) {
        return engine.start(engine.deploy(source), request);
    }

    private RunResult run(Source source, RunRequest request) throws InterruptedException {
        return engine.await(start(source, request));
    }

    @Test
    void aCallThatDoesNotFitIntoTheBudgetIsNotMade() throws Exception {
        String run = start(with(GUESS, "calls: 40", "calls: 5"), target(5).withSeed(4));
        RunResult result = engine.await(run);

        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.BUDGET);
        assertThat(result.stop().text())
                .isEqualTo("the budget has 0 of its 5 calls left, and the next call may need 1 (at hint, approach=2)");
        assertThat(result.stop().where().orElseThrow()).startsWith("guess.yaml:12");
        assertThat(result.spent().calls()).isEqualTo(5);
        assertThat(places(engine.events(run), EventKind.CALLED)).hasSize(5);
        assertThat(result.best()).isPresent();
    }

    @Test
    void parallelCallsNeverOvershootTheBudget() throws Exception {
        Source source = with(GUESS, "calls: 40", "calls: 7");
        String run = start(source, target(5).withParam("n", 30));

        assertThat(engine.await(run).spent().calls()).isEqualTo(7);
        assertThat(places(engine.events(run), EventKind.CALLED)).hasSize(7);
    }

    @Test
    void aRunStopsWhenItsWallTimeIsOver() throws Exception {
        Source slow = with(with(GUESS, "time: PT1M", "time: PT2S"), "guess/hint", "guess/never");
        RunResult result = run(slow, target(5).withSeed(4));

        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.TIME);
        assertThat(result.best()).isPresent();
    }

    @Test
    void aModelThatNobodyAnswersForIsAProblemWithItsAddressAndPlace() throws Exception {
        String run = start(with(GUESS, "guess/hint", "guess/silent"), target(5).withSeed(4));
        RunResult result = engine.await(run);

        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.PROBLEM);
        Problem problem = result.stop().problem().orElseThrow();
        assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_UNREACHABLE);
        assertThat(problem.what()).contains("nowhere:1");
        assertThat(problem.fix()).contains("start somebody there");
        assertThat(problem.where().orElseThrow()).hasToString("guess.yaml:21:9");
        assertThat(result.best()).isPresent();
        assertThat(result.spent().calls()).isEqualTo(3);
    }

    @Test
    void aModelThatIsNotThereIsAProblem() throws Exception {
        RunResult result = run(GUESS, target(5).withModels(Map.of("drawer", "guess/unheard-of")));

        assertThat(result.stop().problem().orElseThrow().code()).isEqualTo(ProblemCode.MODEL_UNKNOWN);
    }

    @Test
    void aToolThatRefusesItsInputIsAProblem() throws Exception {
        Source source = with(
                GUESS, "{tool: compare, in: {guess: \"= guess\"", "{tool: compare, in: {guess: \"= guess + ' or so'\"");
        RunResult result = run(source, target(5));

        Problem problem = result.stop().problem().orElseThrow();
        assertThat(problem.code()).isEqualTo(ProblemCode.TOOL_FAILED);
        assertThat(problem.what()).contains("or so' is not a number");
        assertThat(problem.where()).isPresent();
    }

    @Test
    void aRuleThatFailsEndsTheRunWithItsPlaceAndFacts() throws Exception {
        Source source = with(GUESS, "when: \"seen.pass\"", "when: \"seen.distance\"");
        RunResult result = run(source, target(5));

        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.PROBLEM);
        Problem problem = result.stop().problem().orElseThrow();
        assertThat(problem.code()).isEqualTo(ProblemCode.RULE_FAILED);
        assertThat(problem.what()).contains("right").contains("seen.distance");
        assertThat(problem.where().orElseThrow().toString()).startsWith("guess.yaml:24");
    }

    @Test
    void aCancelledRunEndsAtOnceWithTheBestSoFar() throws Exception {
        CountDownLatch drawn = new CountDownLatch(3);
        Runnable unwatch = engine.watch(event -> {
            if (event.kind() == EventKind.POOLED) {
                drawn.countDown();
            }
        });
        String run = start(with(GUESS, "guess/hint", "guess/never"), target(5).withSeed(4));
        assertThat(drawn.await(30, TimeUnit.SECONDS)).isTrue();

        RunResult result = engine.cancel(run);
        unwatch.run();

        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.CANCELLED);
        assertThat(result.best()).isPresent();
        assertThat(engine.await(run)).isEqualTo(result);
        assertThat(engine.cancel(run)).isEqualTo(result);
        assertThat(engine.unfinished()).extracting(record -> record.id()).doesNotContain(run);
    }

    @Test
    void aRunResumedAfterAProblemBuysNothingTwice() throws Exception {
        String run = start(with(GUESS, "guess/hint", "guess/flaky"), target(5).withSeed(4));
        GuessProvider.FLAKY.set(true);
        RunResult broken = engine.await(run);
        GuessProvider.FLAKY.set(false);
        List<String> before = places(engine.events(run), EventKind.CALLED);

        engine.resume(run);
        RunResult mended = engine.await(run);

        assertThat(broken.stop().kind()).isEqualTo(StopReason.Kind.PROBLEM);
        assertThat(mended.stop().rule()).contains("right");
        assertThat(mended.best().orElseThrow().value().asText()).isEqualTo("5");
        assertThat(places(engine.events(run), EventKind.CALLED))
                .containsAll(before)
                .doesNotHaveDuplicates();
    }

    @Test
    void aRunWhoseInputHasTheWrongTypeDoesNotBegin() {
        EngineException refused = catchThrowableOfType(
                EngineException.class,
                () -> start(
                        GUESS, RunRequest.of(Json.object().put("target", "five").put("extra", 1))));

        assertThat(refused.problems())
                .extracting(Object::toString)
                .containsExactly(
                        "guess.yaml:3:17: INPUT_TYPE: the input target is \"five\". Give it a number.",
                        "guess.yaml:1:1: INPUT_TYPE: the workflow guess has no input extra. Its inputs are target.");
    }

    @Test
    void aParameterThatTheWorkflowDoesNotHaveIsRefused() {
        EngineException refused = catchThrowableOfType(
                EngineException.class, () -> start(GUESS, target(5).withParam("m", 3)));

        assertThat(refused.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("m"));
    }

    @Test
    void aLoopWithoutABoundIsRefusedBeforeAnythingRuns() {
        Source unbounded = with(GUESS, "max: \"= rounds\"", "max: \"= target\"");
        EngineException refused = catchThrowableOfType(EngineException.class, () -> engine.deploy(unbounded));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where().orElseThrow().toString()).startsWith("guess.yaml:18");
            assertThat(problem.fix()).isNotBlank();
        });
    }

    @Test
    void aSlotThatTheWorkflowDoesNotHaveIsRefused() {
        EngineException refused = catchThrowableOfType(
                EngineException.class, () -> start(GUESS, target(5).withModels(Map.of("painter", "guess/draw"))));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_SLOT);
            assertThat(problem.fix()).contains("drawer");
        });
    }
}
