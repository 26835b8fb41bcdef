package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static dev.hone.engine.SharedEngine.places;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The verbs and effects beyond calls, tools, maps and loops, on a real broker. */
@Tag("slow")
@Timeout(90)
@ExtendWith(SharedEngine.class)
class LanguageTest {

    private final Engine engine;

    @SuppressWarnings("NullAway.Init")
    private RunResult result;

    private List<RunEvent> events = List.of();

    LanguageTest(Engine engine) {
        this.engine = engine;
    }

    private String start(String workflow, RunRequest request) {
        return engine.start(engine.deploy(source(workflow)), request);
    }

    private void finish(String run) throws InterruptedException {
        result = engine.await(run);
        events = engine.events(run);
    }

    private void run(String workflow, RunRequest request) throws InterruptedException {
        finish(start(workflow, request));
    }

    private Question question(String run, String step) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> engine.questions(run).stream()
                        .anyMatch(question -> question.step().equals(step)));
        return engine.questions(run).stream()
                .filter(question -> question.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    // --- people

    @Test
    void anAnswerGoesOnWhereTheQuestionWaitsAndThePolicyIsTold() throws Exception {
        String run = start("people", target(5));
        Question question = question(run, "which");
        assertThat(question.form()).isEqualTo("pair");
        assertThat(question.question()).contains("Which guess do you like better?");
        assertThat(question.order()).containsExactlyInAnyOrder("first", "second");

        engine.answer(question, Json.object().put("choice", 2));
        finish(run);

        JsonNode answer = bodies(events, EventKind.OUTPUT, "which.take").getFirst();
        int chosen = 1 + List.of("first", "second").indexOf(question.order().get(1));
        assertThat(answer.path("value").path("choice").asInt()).isEqualTo(chosen);
        assertThat(answer.path("value").path("by").asText()).isEqualTo("human");
        assertThat(answer.path("timedOut").asBoolean()).isFalse();
        JsonNode told = bodies(events, EventKind.OUTPUT, "learn").getFirst().path("told");
        assertThat(told.path("policy").asText()).isEqualTo("pick");
        assertThat(told.path("prefer").asInt()).isEqualTo(chosen - 1);
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
    }

    @Test
    void aQuestionIsAnsweredOnceAndInItsForm() throws Exception {
        String run = start("people", target(5));
        Question question = question(run, "which");

        assertThatThrownBy(() -> engine.answer(question, Json.object().put("choice", 3)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("does not fit its form 'pair'")
                .hasMessageContaining("a 'choice' from 1 to 2");
        engine.answer(question, Json.object().put("choice", 1));
        assertThatThrownBy(() -> engine.answer(question, Json.object().put("choice", 1)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("nobody waits for an answer to which");
        engine.await(run);
    }

    @Test
    void aDeferredAnswerIsToldWhenItComes() throws Exception {
        String run = start("people", target(5).withParam("patience", 1).withParam("mode", "pause"));
        finish(run);
        // Nobody answered in time: the rule pauses the run, and the answer still counts.
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.PAUSED);
        assertThat(result.stop().rule()).contains("stop-late");
        assertThat(bodies(events, EventKind.OUTPUT, "learn")).isEmpty();

        engine.resume(run);
        await().atMost(Duration.ofSeconds(30)).until(() -> engine.result(run).isPresent());
        finish(run);
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.PAUSED); // the second unanswered question
    }

    @Test
    void aLateAnswerIsRememberedWithWhatItIsAbout() throws Exception {
        String run = start("late", target(1));
        Question end = question(run, "end");
        Question first = engine.questions(run).stream()
                .filter(question -> question.show().containsValue(Json.node("first")))
                .findFirst()
                .orElseThrow();

        engine.answer(first, Json.object().put("rating", 4));
        engine.answer(end, Json.object().put("approved", true));
        finish(run);

        assertThat(result.best().orElseThrow().value().asText()).isEqualTo("first 4");
        assertThat(bodies(events, EventKind.TOLD, "keep")).hasSize(1);
    }

    @Test
    void aSurrogateAnswersWhenNobodyDoes() throws Exception {
        String run = start("people", target(5));
        engine.answer(question(run, "which"), Json.object().put("choice", 1));
        finish(run);

        JsonNode rated = bodies(events, EventKind.OUTPUT, "third.take").getFirst();
        assertThat(rated.path("timedOut").asBoolean()).isTrue();
        assertThat(rated.path("value").path("by").asText()).isEqualTo("surrogate");
        assertThat(result.spent().calls()).isEqualTo(1);
    }

    @Test
    void aStepThatARuleEscalatesToAsksNobodyOtherwise() throws Exception {
        String run = start("people", target(5));
        engine.answer(question(run, "which"), Json.object().put("choice", 1));
        finish(run);

        assertThat(places(events, EventKind.QUESTION)).containsExactly("third.ask", "which.ask");
    }

    @Test
    void anEscalationAsksAPerson() throws Exception {
        String run = start("people", target(4).withParam("mode", "escalate"));
        engine.answer(question(run, "which"), Json.object().put("choice", 1));
        Question fix = question(run, "fix");
        engine.answer(fix, Json.object().put("text", "4"));
        finish(run);

        assertThat(bodies(events, EventKind.OUTPUT, "fix.take")
                        .getFirst()
                        .path("value")
                        .path("text")
                        .asText())
                .isEqualTo("4");
    }

    @Test
    void whatIsInQuarantineIsNotLearnedFrom() throws Exception {
        String run = start("people", target(5).withParam("mode", "strict"));
        engine.answer(question(run, "which"), Json.object().put("choice", 1));
        finish(run);

        assertThat(bodies(events, EventKind.OUTPUT, "learn").getFirst().has("told"))
                .isFalse();
        assertThat(result.flags()).contains("answered too fast");
    }

    // --- policies, trees, memories

    @Test
    void aPolicyGrowsATreeUntilTheTestPasses() throws Exception {
        run("search", target(5).withSeed(3));

        assertThat(result.best().orElseThrow().value().asText()).isEqualTo("5");
        assertThat(result.stop().rule()).contains("right");
        List<JsonNode> moves = bodies(events, EventKind.OUTPUT, "move");
        assertThat(moves).isNotEmpty();
        for (int i = 0; i < moves.size(); i++) {
            assertThat(moves.get(i).path("asked").path("trial").asInt()).isEqualTo(i + 1);
            assertThat(moves.get(i).path("value").path("arm").asText()).isIn("fresh", "revise");
        }
        assertThat(bodies(events, EventKind.OUTPUT, "learn"))
                .allMatch(told -> told.path("told").path("made").asText().startsWith("next@"));
    }

    @Test
    void theSameSeedMakesTheSameChoices() throws Exception {
        run("search", target(7).withSeed(11));
        List<JsonNode> first = bodies(events, EventKind.OUTPUT, "move");
        run("search", target(7).withSeed(11));

        assertThat(bodies(events, EventKind.OUTPUT, "move")).isEqualTo(first);
    }

    @Test
    void aRecallGivesTheLatestItemsOfTheWindow() throws Exception {
        run("search", target(9).withSeed(5).withParam("rounds", 5).withParam("mode", "prune"));

        List<JsonNode> recalled = bodies(events, EventKind.OUTPUT, "notes");
        List<JsonNode> guesses = bodies(events, EventKind.OUTPUT, "next");
        assertThat(recalled.getFirst().path("value")).isEmpty();
        assertThat(recalled.get(4).path("value").get(0))
                .isEqualTo(guesses.get(2).path("value"));
        assertThat(recalled.get(4).path("value").get(1))
                .isEqualTo(guesses.get(3).path("value"));
    }

    @Test
    void aPrunedBranchIsNotChosenFromAgain() throws Exception {
        run("search", target(9).withSeed(2).withParam("mode", "prune"));

        assertThat(result.flags()).contains("pruned");
        JsonNode pruned = events.stream()
                .filter(event -> event.kind() == EventKind.DECIDED)
                .map(event -> Json.read(event.body()))
                .filter(body -> body.has("pruned"))
                .findFirst()
                .orElseThrow();
        String root = pruned.path("pruned").get(0).path("root").asText();
        long after = events.stream()
                .filter(event ->
                        event.kind() == EventKind.DECIDED && event.body().contains("\"pruned\""))
                .findFirst()
                .orElseThrow()
                .seq();
        assertThat(events.stream()
                        .filter(event -> event.element().equals("move") && event.seq() > after)
                        .map(event ->
                                Json.read(event.body()).path("value").path("id").asText()))
                .doesNotContain(root);
    }

    @Test
    void aRestartForgetsWhatIsNotKeptAndItsRoundsGoOnCounting() throws Exception {
        run("search", target(50).withSeed(8).withParam("rounds", 5).withParam("mode", "restart"));

        List<JsonNode> recalled = bodies(events, EventKind.OUTPUT, "notes");
        JsonNode restarted = events.stream()
                .filter(event -> event.kind() == EventKind.DECIDED)
                .map(event -> Json.read(event.body()))
                .filter(body -> body.has("restart"))
                .findFirst()
                .orElseThrow();
        assertThat(restarted.path("restart").asText()).isEqualTo("grow-tree");
        // Round 3 was left by the restart after the tell: the lessons of rounds 1 and 2 are gone in round 4.
        assertThat(places(events, EventKind.OUTPUT))
                .contains("notes grow-tree=4")
                .doesNotContain("note grow-tree=3");
        assertThat(recalled.get(3).path("value")).isEmpty();
        assertThat(bodies(events, EventKind.OUTPUT, "move")
                        .get(3)
                        .path("value")
                        .path("node")
                        .isNull())
                .isTrue();
        assertThat(places(events, EventKind.OUTPUT)).doesNotContain("notes grow-tree=6");
    }

    @Test
    void aGlobalMemoryIsSeenByLaterRuns() throws Exception {
        run("search", target(6).withSeed(4));
        run("search", target(6).withSeed(4));

        List<JsonNode> known = bodies(events, EventKind.OUTPUT, "known");
        assertThat(known.getFirst().path("value").size()).isBetween(1, 3);
        assertThat(known.getFirst().path("value").get(0).path("near").decimalValue())
                .isGreaterThanOrEqualTo(new java.math.BigDecimal("0.5"));
    }

    @Test
    void aRecallFindsWhatIsSimilarAndKeysReplaceEarlierItems() throws Exception {
        run("recall", target(1));

        assertThat(bodies(events, EventKind.OUTPUT, "near")
                        .getFirst()
                        .path("value")
                        .get(0)
                        .asText())
                .isEqualTo("Budgets limit spending.");
        // 1 and 4 have the same key, and two are kept at most.
        assertThat(bodies(events, EventKind.OUTPUT, "kept")
                        .getFirst()
                        .path("value")
                        .toString())
                .isEqualTo("[3,4]");
    }

    // --- slots and trainings

    @Test
    void aTrainingGivesASlotItsNewVersionAndTheBudgetLimitsTrainings() throws Exception {
        int before = dev.hone.engine.world.Fit.TRAININGS.get();
        run("slots", target(7));

        assertThat(dev.hone.engine.world.Fit.TRAININGS.get() - before).isEqualTo(2);
        List<JsonNode> curves = bodies(events, EventKind.OUTPUT, "fit");
        assertThat(curves).hasSize(2);
        // 1 scores 0.4, 2 scores 0.5, 7 scores 1: all are kept; the weighted mean is 4.
        assertThat(curves.getFirst().path("value").path("score").asInt()).isEqualTo(3);
        assertThat(curves.getFirst().path("slot").path("value").asText()).isEqualTo("4");
        assertThat(curves.getFirst().path("value").path("from").get(0).asText()).isEqualTo("run.seed.tries.1@");
        assertThat(bodies(events, EventKind.OUTPUT, "guess")
                        .getFirst()
                        .path("value")
                        .asText())
                .isEqualTo("4");
        assertThat(result.stop().rule()).contains("enough");
    }

    @Test
    void weightsAreAveragedAndMixed() throws Exception {
        run("slots", target(7));

        assertThat(bodies(events, EventKind.OUTPUT, "ema")
                        .getFirst()
                        .path("slot")
                        .path("value")
                        .toString())
                .isEqualTo("[5,10]");
        assertThat(bodies(events, EventKind.OUTPUT, "mix")
                        .getFirst()
                        .path("slot")
                        .path("value")
                        .toString())
                .isEqualTo("[4.5,9]");
    }

    @Test
    void aRollbackGoesBackToThePromotedVersion() throws Exception {
        run("slots", target(7).withParam("mode", "rollback"));
        assertThat(result.flags()).contains("rolled back");
        // The first version was promoted: target - 3. The second training set the slot a third time.
        run("slots", target(7).withParam("mode", "rollback").withParam("rounds", 1));
        assertThat(bodies(events, EventKind.OUTPUT, "last")
                        .getFirst()
                        .path("value")
                        .asText())
                .isEqualTo("4");
    }

    // --- replies

    @Test
    void aReplyThatIsNotWhatIsAskedForIsAskedForOnceMoreAndBothArePaid() throws Exception {
        run("shaped", target(5));

        assertThat(bodies(events, EventKind.OUTPUT, "ask")
                        .getFirst()
                        .path("value")
                        .path("why")
                        .asText())
                .isEqualTo("I was told");
        assertThat(bodies(events, EventKind.OUTPUT, "use")
                        .getFirst()
                        .path("value")
                        .path("pass")
                        .asBoolean())
                .isTrue();
        assertThat(bodies(events, EventKind.PROBLEM, "ask")
                        .getFirst()
                        .path("text")
                        .asText())
                .isEqualTo("{\"guess\": 5}");
        assertThat(result.spent().calls()).isEqualTo(2);
    }

    @Test
    void aModelThatCannotAnswerSoEndsTheRunWithAProblemAtTheCall() throws Exception {
        run("shaped", target(5).withParam("mode", "stubborn"));

        assertThat(result.stop().problem().orElseThrow().toString())
                .contains("shaped.yaml:15:9: MODEL_FAILED", "the reply of stubborn", "it is no JSON object");
        assertThat(result.spent().calls()).isEqualTo(4);
    }

    // --- loops in loops, wide maps

    @Test
    void whatARuleFindsInALoopInsideOfAnotherLeavesBoth() throws Exception {
        run("rounds", target(2));

        assertThat(places(events, EventKind.CALLED)).containsExactly("climb outer=1/inner=1", "climb outer=1/inner=2");
        assertThat(result.stop().rule()).contains("there");
    }

    @Test
    void aRoundThatIsResumedAtAStepDoesNotPerformTheOnesBefore() throws Exception {
        run("rounds", target(100).withParam("mode", "resume"));

        assertThat(bodies(events, EventKind.OUTPUT, "begin")).hasSize(1);
        assertThat(bodies(events, EventKind.OUTPUT, "sum")).hasSize(3);
        assertThat(places(events, EventKind.CALLED)).hasSize(12);
    }

    @Test
    void aLoopBegunAnewKeepsItsBoundAndWhatItIsToldTo() throws Exception {
        run("rounds", target(100).withParam("mode", "restart"));

        assertThat(places(events, EventKind.CALLED)).hasSize(12);
        // One for each round of the outer loop; the guess is kept and climbs on.
        assertThat(bodies(events, EventKind.DECIDED, "look").stream()
                        .filter(decision -> decision.path("restart").asText().equals("inner")))
                .hasSize(3);
        assertThat(bodies(events, EventKind.OUTPUT, "sum")
                        .getFirst()
                        .path("value")
                        .path("distance")
                        .asInt())
                .isEqualTo(96);
    }

    @Test
    void aThousandElementsAtOnceAreOneMap() throws Exception {
        run("wide", numbers(1000, 0));

        assertThat(bodies(events, EventKind.OUTPUT, "look")).hasSize(1000);
        assertThat(bodies(events, EventKind.OUTPUT, "last")
                        .getFirst()
                        .path("value")
                        .path("text")
                        .asText())
                .isEqualTo("1");

        run("wide", numbers(50, 25).withParam("mode", "goto"));
        assertThat(bodies(events, EventKind.OUTPUT, "last")
                        .getFirst()
                        .path("value")
                        .path("text")
                        .asText())
                .isEqualTo("left");
    }

    @Test
    void aMapOfMoreThanItsCapIsAProblemBeforeAnyElement() throws Exception {
        run("wide", numbers(1001, 0));

        assertThat(result.stop().problem().orElseThrow().code()).isEqualTo(ProblemCode.OVER_BUDGET);
        assertThat(bodies(events, EventKind.OUTPUT, "look")).isEmpty();
    }

    private static RunRequest numbers(int many, int target) {
        ObjectNode inputs = Json.object().put("target", target);
        IntStream.rangeClosed(1, many).forEach(inputs.putArray("numbers")::add);
        return RunRequest.of(inputs);
    }

    // --- samples, distilled memories, skips

    @Test
    void samplesOfOneCallAreAListAndEachEntersThePool() throws Exception {
        run("samples", target(5));

        assertThat(places(events, EventKind.CALLED))
                .contains("draw.sample draw=1", "draw.sample draw=2", "draw.sample draw=3");
        assertThat(places(events, EventKind.POOLED)).hasSize(3);
        assertThat(result.spent().calls()).isEqualTo(5);
    }

    @Test
    void aDistilledMemoryHoldsWhatTheModelMadeOfWhatWasKnown() throws Exception {
        run("samples", target(5));

        assertThat(bodies(events, EventKind.OUTPUT, "learned").getFirst().path("value"))
                .hasSize(1)
                .first()
                .hasToString("\"two after one after ..\"");
    }

    @Test
    void aBranchOrALoopThatARuleSkipsIsNotEntered() throws Exception {
        run("samples", target(5));
        assertThat(places(events, EventKind.OUTPUT)).contains("inside", "again rounds=1", "again rounds=2");

        run("samples", target(5).withParam("mode", "skip"));
        assertThat(places(events, EventKind.SKIPPED)).containsExactly("branch.unless");
        assertThat(places(events, EventKind.OUTPUT))
                .doesNotContain("inside", "otherwise")
                .contains("learned", "again rounds=1");

        run("samples", target(5).withParam("mode", "no rounds"));
        assertThat(places(events, EventKind.SKIPPED)).containsExactly("rounds.unless");
        assertThat(places(events, EventKind.OUTPUT)).contains("inside").doesNotContain("again rounds=1");

        run("samples", target(5).withParam("mode", "no lessons"));
        assertThat(result.spent().calls()).isEqualTo(4);
    }

    // --- used workflows

    @Test
    void aUsedWorkflowRunsAsAPartInEveryBranch() throws Exception {
        run("uses", target(5).withSeed(6));

        assertThat(places(events, EventKind.OUTPUT))
                .contains("part_result both=1", "part_result both=2", "keep both=1", "keep both=2");
        assertThat(result.best()).isPresent();
        assertThat(Set.copyOf(places(events, EventKind.ROUND)))
                .allMatch(place -> place.startsWith("part_again.decide both="));
        assertThat(result.spent().calls()).isLessThanOrEqualTo(8);
    }

    @Test
    void aRuleOfAUsedWorkflowLeavesItAndNotTheRun() throws Exception {
        boolean left = false;
        for (long seed = 1; seed <= 6 && !left; seed++) {
            run("uses", target(5).withSeed(seed));
            left = events.stream()
                    .anyMatch(event -> event.kind() == EventKind.DECIDED
                            && Json.read(event.body()).path("move").asText().equals("exit:part"));
            assertThat(result.stop().problem()).isEmpty();
            assertThat(places(events, EventKind.OUTPUT)).contains("keep both=1", "keep both=2");
        }
        assertThat(left).isTrue();
    }
}
