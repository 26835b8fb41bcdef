package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static dev.hone.engine.SharedEngine.places;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static dev.hone.engine.SharedEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow.Resource;
import dev.hone.engine.ReplayReport.Agreement;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunPhase;
import dev.hone.engine.work.Json;
import dev.hone.engine.world.Gate;
import dev.hone.engine.world.GuessProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator does with a run that goes on: pause it, let it go on, give it more to spend. */
@Tag("slow")
@Timeout(90)
@ExtendWith(SharedEngine.class)
class OperatorTest {

    private static final Source GATED = with(source("guess"), "guess/hint", "guess/gated");
    private static final Map<Resource, BigDecimal> MORE_CALLS = Map.of(Resource.CALLS, BigDecimal.valueOf(30));

    private final Engine engine;

    OperatorTest(Engine engine) {
        this.engine = engine;
    }

    private String start(Source source, RunRequest request) {
        return engine.start(engine.deploy(source), request);
    }

    private RunPhase phase(String run) {
        return engine.summary(run).phase();
    }

    private static void refused(ProblemCode code, String words, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(EngineException.class, refused -> {
            assertThat(refused.problems().getFirst().code()).isEqualTo(code);
            assertThat(refused.problems().getFirst().fix()).isNotBlank();
            assertThat(refused.getMessage()).contains(words);
        });
    }

    private static List<RunEvent> between(List<RunEvent> events, EventKind from, EventKind to) {
        long first = seq(events, from);
        long last = seq(events, to);
        return events.stream()
                .filter(event -> event.seq() > first && event.seq() < last)
                .toList();
    }

    private static long seq(List<RunEvent> events, EventKind kind) {
        return events.stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow()
                .seq();
    }

    private void same(String run) throws InterruptedException {
        int calls = GuessProvider.CALLS.get();
        String replay = engine.replay(run);
        engine.await(replay);
        ReplayReport report = ReplayReport.of(engine.events(run), engine.events(replay));
        assertThat(report.differs()).isEmpty();
        assertThat(report.agrees()).isEqualTo(Agreement.SAME);
        assertThat(GuessProvider.CALLS.get()).as("calls made").isEqualTo(calls);
    }

    @Test
    void aPausedRunEndsItsCallBeginsNothingAndGoesOnWithoutBuyingItAgain() throws Exception {
        Gate gate = Gate.of(101);
        String run = start(GATED, target(101).withSeed(4).withParam("rounds", 2));
        gate.awaitCall();

        engine.pause(run, "ada", "to look at it");
        engine.pause(run, "bob", "paused it is");
        assertThat(phase(run)).isEqualTo(RunPhase.PAUSED);
        gate.letThrough(100);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        !bodies(engine.events(run), EventKind.OUTPUT, "hint").isEmpty());
        // Another run goes all its way meanwhile.
        engine.await(start(source("guess"), target(5).withSeed(4)));
        assertThat(engine.result(run)).isEmpty();

        engine.resume(run, "ada");
        RunResult result = engine.await(run);

        List<RunEvent> events = engine.events(run);
        assertThat(between(events, EventKind.RUN_PAUSED, EventKind.RUN_RESUMED))
                .isNotEmpty()
                .extracting(RunEvent::element)
                .containsOnly("hint");
        assertThat(bodies(events, EventKind.RUN_PAUSED, "run"))
                .singleElement()
                .satisfies(body -> assertThat(body.toString()).contains("ada", "to look at it"));
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
        assertThat(places(events, EventKind.CALLED)).hasSize(3 + 2 * 2).doesNotHaveDuplicates();
        assertThat(result.spent().calls()).isEqualTo(7);
        assertThat(phase(run)).isEqualTo(RunPhase.FINISHED);
        same(run);
    }

    @Test
    void aRunThatHasEndedIsNotPausedAndAPausedOneCanBeCancelled() throws Exception {
        String run = start(source("guess"), target(5).withSeed(4));
        engine.await(run);
        refused(ProblemCode.WRONG_STATE, "has ended", () -> engine.pause(run, "ada", ""));
        refused(ProblemCode.INPUT_TYPE, "0 characters", () -> engine.pause(run, "", ""));
        refused(ProblemCode.NOT_FOUND, "no run", () -> engine.pause("none", "ada", ""));

        Gate gate = Gate.of(102);
        String other = start(GATED, target(102).withSeed(4));
        gate.awaitCall();
        engine.pause(other, "ada", "");
        assertThat(engine.cancel(other).stop().kind()).isEqualTo(StopReason.Kind.CANCELLED);
        assertThat(phase(other)).isEqualTo(RunPhase.FINISHED);
        gate.letThrough(100);
    }

    @Test
    void answersThatAreGivenDuringAPauseAreDelivered() throws Exception {
        String run = start(source("people"), target(5));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !engine.questions(run).isEmpty());
        assertThat(phase(run)).isEqualTo(RunPhase.WAITING);

        engine.pause(run, "ada", "lunch");
        engine.answer(engine.questions(run).getFirst(), Json.object().put("choice", 2));
        assertThat(phase(run)).isEqualTo(RunPhase.PAUSED);
        engine.resume(run);
        RunResult result = engine.await(run);

        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        List<RunEvent> events = engine.events(run);
        assertThat(places(events, EventKind.QUESTION)).containsExactly("third.ask", "which.ask");
        assertThat(bodies(events, EventKind.OUTPUT, "which.take")
                        .getFirst()
                        .path("timedOut")
                        .asBoolean())
                .isFalse();
        same(run);
    }

    @Test
    void aRunThatHasSpentItsBudgetGoesOnWithMoreAndItsReplayHasItToo() throws Exception {
        String run =
                start(with(source("guess"), "calls: 40", "calls: 5"), target(5).withSeed(4));
        assertThat(engine.await(run).stop().kind()).isEqualTo(StopReason.Kind.BUDGET);

        engine.raise(run, MORE_CALLS, "ada");
        assertThat(engine.result(run)).as("it is not resumed by it").isPresent();
        engine.resume(run);
        RunResult result = engine.await(run);

        assertThat(result.stop().rule()).contains("right");
        assertThat(result.spent().calls()).isGreaterThan(5);
        assertThat(places(engine.events(run), EventKind.CALLED)).doesNotHaveDuplicates();
        same(run);
    }

    @Test
    void aRunThatGoesOnHasMoreFromThenOn() throws Exception {
        Gate gate = Gate.of(104);
        String run = start(
                with(GATED, "calls: 40", "calls: 5"), target(104).withSeed(4).withParam("rounds", 3));
        gate.awaitCall();
        engine.raise(run, MORE_CALLS, "ada");
        engine.raise(run, Map.of(Resource.CALLS, BigDecimal.ONE), "ada");
        gate.letThrough(100);

        RunResult result = engine.await(run);
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
        assertThat(result.spent().calls()).isEqualTo(3 + 2 * 3);
        assertThat(places(engine.events(run), EventKind.BUDGET_RAISED)).hasSize(2);
        same(run);
    }

    @Test
    void moreWallTimeIsMoreForARunThatGoesOnAndForOneWhoseTimeIsOver() throws Exception {
        Gate gate = Gate.of(105);
        String run = start(GATED, target(105).withSeed(4).withParam("rounds", 1));
        gate.awaitCall();
        engine.raise(run, Map.of(Resource.SECONDS, BigDecimal.valueOf(60)), "ada");
        gate.letThrough(100);
        assertThat(engine.await(run).stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
        List<RunEvent> events = engine.events(run);
        assertThat(places(events, EventKind.CALLED)).doesNotHaveDuplicates();
        assertThat(events.stream().map(RunEvent::kind))
                .as("the broker's clock is set anew")
                .containsSubsequence(EventKind.BUDGET_RAISED, EventKind.RUN_PAUSED, EventKind.RUN_STARTED);

        String slow = start(
                with(GATED, "time: PT1M", "time: PT1S"), target(106).withSeed(4).withParam("rounds", 1));
        assertThat(engine.await(slow).stop().kind()).isEqualTo(StopReason.Kind.TIME);
        engine.raise(slow, Map.of(Resource.SECONDS, BigDecimal.valueOf(120)), "ada");
        Gate.of(106).letThrough(100);
        engine.resume(slow);
        assertThat(engine.await(slow).stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
    }

    @Test
    void onlyWhatIsLimitedIsRaisedAndOnlyUpwards() throws Exception {
        String run =
                start(with(source("guess"), "calls: 40", "calls: 5"), target(5).withSeed(4));
        engine.await(run);
        refused(
                ProblemCode.INPUT_TYPE,
                "does not limit tokens",
                () -> engine.raise(run, Map.of(Resource.TOKENS, BigDecimal.TEN), "ada"));
        refused(
                ProblemCode.INPUT_TYPE,
                "0 more calls",
                () -> engine.raise(run, Map.of(Resource.CALLS, BigDecimal.ZERO), "ada"));
        refused(
                ProblemCode.INPUT_TYPE,
                "-1 more calls",
                () -> engine.raise(run, Map.of(Resource.CALLS, BigDecimal.valueOf(-1)), "ada"));
        refused(
                ProblemCode.INPUT_TYPE,
                "0.5 more calls",
                () -> engine.raise(run, Map.of(Resource.CALLS, new BigDecimal("0.5")), "ada"));
        refused(ProblemCode.INPUT_TYPE, "nothing is said", () -> engine.raise(run, Map.of(), "ada"));
        assertThat(places(engine.events(run), EventKind.BUDGET_RAISED)).isEmpty();

        String done = start(source("guess"), target(5).withSeed(4));
        engine.await(done);
        refused(ProblemCode.WRONG_STATE, "has ended", () -> engine.raise(done, MORE_CALLS, "ada"));
        String replay = engine.replay(run);
        engine.await(replay);
        refused(ProblemCode.WRONG_STATE, "is a replay", () -> engine.raise(replay, MORE_CALLS, "ada"));
    }
}
