package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static dev.hone.engine.SharedEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ReplayReport.Agreement;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.work.Json;
import dev.hone.engine.world.GuessProvider;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorded run happens again from its recording: the same under the same rules, and told apart under others. */
@Tag("slow")
@Timeout(120)
@ExtendWith(SharedEngine.class)
class ReplayTest {

    private static final Source GUESS = source("guess");

    private final Engine engine;

    ReplayTest(Engine engine) {
        this.engine = engine;
    }

    private String ended(Source source, RunRequest request) throws InterruptedException {
        String run = engine.start(engine.deploy(source), request);
        engine.await(run);
        return run;
    }

    /** Replays a run, which asks nobody, and compares. */
    private ReplayReport replayed(String run) throws InterruptedException {
        int calls = GuessProvider.CALLS.get();
        String replay = engine.replay(run);
        engine.await(replay);
        assertThat(GuessProvider.CALLS.get()).as("calls made").isEqualTo(calls);
        return ReplayReport.of(engine.events(run), engine.events(replay));
    }

    private ReplayReport replayed(String run, Source other) throws InterruptedException {
        int calls = GuessProvider.CALLS.get();
        String replay = engine.replay(run, engine.deploy(other));
        engine.await(replay);
        assertThat(GuessProvider.CALLS.get()).as("calls made").isEqualTo(calls);
        return ReplayReport.of(engine.events(run), engine.events(replay));
    }

    private static void same(ReplayReport report) {
        assertThat(report.differs()).isEmpty();
        assertThat(report.agrees()).isEqualTo(Agreement.SAME);
        assertThat(report.replayed().spent()).isEqualTo(report.recorded().spent());
        assertThat(report.replayed().best()).isEqualTo(report.recorded().best());
    }

    @ParameterizedTest
    @ValueSource(strings = {"guess", "everything", "rounds", "samples", "search", "shaped", "slots", "uses", "recall"})
    void everyEventHappensAgainToTheByteAndNobodyIsAsked(String workflow) throws Exception {
        String run = ended(source(workflow), target(5).withSeed(4));

        same(replayed(run));
    }

    @Test
    void parallelBranchesTakeTurnsAsTheyDid() throws Exception {
        String run = ended(with(GUESS, "calls: 40", "calls: 60"), target(5).withParam("n", 40));

        same(replayed(run));
    }

    @Test
    void theElementsOfAWideMapComeInTheRecordedOrder() throws Exception {
        var numbers = Json.node(IntStream.rangeClosed(1, 60).boxed().toList());
        String run = ended(
                source("wide"), RunRequest.of(Json.object().put("target", 5).set("numbers", numbers)));

        same(replayed(run));
    }

    @Test
    void aBudgetThatRanOutRunsOutAgain() throws Exception {
        String run = ended(with(GUESS, "calls: 40", "calls: 5"), target(5).withSeed(4));
        ReplayReport report = replayed(run);

        same(report);
        assertThat(report.replayed().stop().kind()).isEqualTo(StopReason.Kind.BUDGET);
    }

    @Test
    void aProblemIsMetAgainWithoutTryingAgain() throws Exception {
        String run = ended(with(GUESS, "guess/hint", "guess/silent"), target(5).withSeed(4));
        ReplayReport report = replayed(run);

        same(report);
        assertThat(report.replayed().stop().kind()).isEqualTo(StopReason.Kind.PROBLEM);
    }

    @Test
    void aRunThatWasResumedIsReplayedAsOne() throws Exception {
        GuessProvider.FLAKY.set(true);
        String run = ended(with(GUESS, "guess/hint", "guess/flaky"), target(5).withSeed(4));
        GuessProvider.FLAKY.set(false);
        engine.resume(run);
        engine.await(run);

        same(replayed(run));
    }

    @Test
    void peopleAreNotAskedAgain() throws Exception {
        String run = engine.start(engine.deploy(source("people")), target(5));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !engine.questions(run).isEmpty());
        engine.answer(engine.questions(run).getFirst(), Json.object().put("choice", 2));
        engine.await(run); // the third question is answered by a model

        same(replayed(run));
    }

    @Test
    void aReplayLeavesNothingToOtherRuns() throws Exception {
        String first = ended(source("search"), target(7).withSeed(11));
        replayed(first);
        JsonNode known = bodies(engine.events(first), EventKind.OUTPUT, "known").getFirst();
        String replay = engine.replay(first);
        engine.await(replay);

        assertThat(bodies(engine.events(replay), EventKind.OUTPUT, "known").getFirst())
                .as("what the memory held when the recorded run began")
                .isEqualTo(known);
    }

    @Test
    void otherRulesThatStopEarlierShowWhatTheySave() throws Exception {
        String run = ended(GUESS, target(5).withSeed(4));
        Source impatient = with(
                GUESS,
                "result: guesses",
                "  - {id: enough, fact: loop, when: \"round >= 1\", then: {exit: approach}}\nresult: guesses");
        ReplayReport report = replayed(run, impatient);

        assertThat(report.agrees()).isEqualTo(Agreement.DIFFERENT);
        assertThat(report.replayed().stop().rule()).contains("enough");
        assertThat(report.brokeOff()).isFalse();
        assertThat(report.replayed().spent().calls())
                .isEqualTo(5)
                .isLessThan(report.recorded().spent().calls());
        assertThat(report.differs().orElseThrow().replayed().orElseThrow().element())
                .isEqualTo("approach.decide");
    }

    @Test
    void otherRulesThatGoOnLongerEndWhereTheRecordingDoes() throws Exception {
        String run = ended(GUESS, target(5).withSeed(4).withParam("rounds", 1));
        Source patient = with(GUESS, "max: \"= rounds\"", "max: \"= rounds + 1\"");
        ReplayReport report = replayed(run, patient);

        assertThat(report.brokeOff()).isTrue();
        assertThat(report.replayed().stop().problem().orElseThrow().code()).isEqualTo(ProblemCode.NOT_RECORDED);
        assertThat(report.replayed().stop().text())
                .contains("has no record of what the tool compare is asked at", "approach=2");
        assertThat(report.replayed().best()).isEqualTo(report.recorded().best());
    }

    @Test
    void aRunThatHasNotEndedIsNotReplayed() throws Exception {
        String run = engine.start(
                engine.deploy(with(GUESS, "guess/hint", "guess/never")),
                target(5).withSeed(4));

        assertThatThrownBy(() -> engine.replay(run))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("NOT_RECORDED")
                .hasMessageContaining("has not ended");
        engine.cancel(run);
        String replay = engine.replay(run);
        engine.await(replay);
        assertThat(ReplayReport.of(engine.events(run), engine.events(replay)).brokeOff())
                .isTrue();
    }
}
