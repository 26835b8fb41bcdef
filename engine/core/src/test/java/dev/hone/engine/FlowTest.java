package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static dev.hone.engine.SharedEngine.places;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a run goes, step by step: maps, loops, choices, and the ways out of them. */
@Tag("slow")
@Timeout(60)
@ExtendWith(SharedEngine.class)
class FlowTest {

    private final Engine engine;

    @SuppressWarnings("NullAway.Init")
    private RunResult result;

    private List<RunEvent> events = List.of();

    FlowTest(Engine engine) {
        this.engine = engine;
    }

    private void run(String workflow, RunRequest request) throws InterruptedException {
        String run = engine.start(engine.deploy(source(workflow)), request);
        result = engine.await(run);
        events = engine.events(run);
    }

    @Test
    void everyStepOfNestedMapsRunsOnceForEachCombination() throws Exception {
        run("everything", target(13));

        assertThat(places(events, EventKind.OUTPUT))
                .filteredOn(place -> place.startsWith("inside"))
                .containsExactly(
                        "inside outer=1/inner=1",
                        "inside outer=1/inner=2",
                        "inside outer=1/inner=3",
                        "inside outer=1/inner=4",
                        "inside outer=2/inner=1",
                        "inside outer=2/inner=2",
                        "inside outer=2/inner=3",
                        "inside outer=2/inner=4");
    }

    @Test
    void aStepMayHaveTheNameOfItsWorkflow() throws Exception {
        run("namesakes", target(5));

        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        assertThat(places(events, EventKind.CALLED)).hasSize(2);
    }

    @Test
    void namesOfAMapAreListsInItsOrderAfterIt() throws Exception {
        run("everything", target(13));

        // 1..2 and [10, 20] give 11, 21, 12, 22: the nearest to 13 is 12.
        assertThat(bodies(events, EventKind.OUTPUT, "nearest"))
                .hasSize(2)
                .allSatisfy(body ->
                        assertThat(body.path("value").path("distance").asInt()).isEqualTo(1));
    }

    @Test
    void aLoopEndsAtItsLimitAndSaysSo() throws Exception {
        run("everything", target(13));

        assertThat(places(events, EventKind.ROUND))
                .containsExactly(
                        "walk.decide walk=1", "walk.decide walk=2", "walk.decide walk=3", "walk.decide walk=4");
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
        assertThat(result.stop().text()).isEqualTo("the loop walk reached its limit of 4 rounds");
    }

    @Test
    void untilEndsALoopAfterTheRoundInWhichItBecomesTrue() throws Exception {
        run("everything", target(13).withParam("mode", "until"));

        assertThat(places(events, EventKind.ROUND)).containsExactly("walk.decide walk=1");
        assertThat(result.stop().text()).contains("became true in round 1 of walk");
    }

    @Test
    void aRuleAboutTheLoopLeavesIt() throws Exception {
        run("everything", target(13).withParam("mode", "loop"));

        assertThat(places(events, EventKind.ROUND)).hasSize(2);
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.RULE);
        assertThat(result.stop().rule()).contains("twice");
        assertThat(result.stop().where().orElseThrow()).startsWith("everything.yaml:");
        assertThat(result.stop().facts().orElseThrow().path("round").asInt()).isEqualTo(2);
    }

    @Test
    void aChoiceTakesTheBranchOfItsCondition() throws Exception {
        run("everything", target(13).withParam("mode", "hint"));

        assertThat(places(events, EventKind.OUTPUT))
                .filteredOn(place -> place.startsWith("ask") || place.startsWith("no-ask"))
                .hasSize(4)
                .allMatch(place -> place.startsWith("ask"));
    }

    @Test
    void aRuleSkipsAStepThatHasNotComeYet() throws Exception {
        run("everything", target(13));

        assertThat(places(events, EventKind.SKIPPED)).containsExactly("optional");
        assertThat(bodies(events, EventKind.OUTPUT, "optional")).isEmpty();
        assertThat(result.flags()).contains("skipped the optional step");
    }

    @Test
    void goingToAStepBehindTheMapLeavesTheMapAndEverythingBetween() throws Exception {
        run("everything", target(13).withParam("mode", "goto"));

        assertThat(places(events, EventKind.ROUND)).isEmpty();
        assertThat(bodies(events, EventKind.OUTPUT, "last")).hasSize(1);
        assertThat(result.best()).isPresent();
        assertThat(result.stop().rule()).contains("leave-map");
    }

    @Test
    void exitingTheRunSkipsEverythingAndKeepsTheBestSoFar() throws Exception {
        run("everything", target(13).withParam("mode", "run"));

        assertThat(bodies(events, EventKind.OUTPUT, "last")).isEmpty();
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.RULE);
        assertThat(result.stop().rule()).contains("leave-run");
        assertThat(result.best()).isPresent();
    }

    @Test
    void theResultIsTheBestArtifactNotTheLast() throws Exception {
        run("guess", target(5).withParam("rounds", 3).withSeed(4));

        List<JsonNode> pooled = events.stream()
                .filter(event -> event.kind() == EventKind.POOLED)
                .map(event -> dev.hone.engine.work.Json.read(event.body()))
                .toList();
        double most = pooled.stream()
                .mapToDouble(body -> body.path("score").asDouble())
                .max()
                .orElseThrow();
        assertThat(result.best().orElseThrow().score()).contains(most);
    }

    @Test
    void whatARuleAcceptedIsTheResult() throws Exception {
        run("guess", target(9));

        assertThat(result.stop().rule()).contains("right");
        assertThat(result.stop().facts().orElseThrow().path("seen.pass").asBoolean())
                .isTrue();
        assertThat(result.best().orElseThrow().value().asText()).isEqualTo("9");
        assertThat(result.best().orElseThrow().accepted()).isTrue();
    }

    @Test
    void theSameSeedGivesTheSameRun() throws Exception {
        run("guess", target(5).withSeed(7));
        List<String> first = outputs();
        run("guess", target(5).withSeed(7));
        List<String> second = outputs();
        run("guess", target(5).withSeed(8));

        assertThat(second).isEqualTo(first);
        assertThat(outputs()).isNotEqualTo(first);
    }

    private List<String> outputs() {
        return events.stream()
                .filter(event -> event.kind() == EventKind.OUTPUT)
                .map(event -> event.element() + " " + event.iteration() + " " + event.body())
                .sorted()
                .toList();
    }
}
