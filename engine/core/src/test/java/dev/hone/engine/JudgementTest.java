package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static dev.hone.engine.SharedEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is learned of a run after its end, and by whom: by its reader, never by a run. */
@Tag("slow")
@Timeout(60)
@ExtendWith(SharedEngine.class)
class JudgementTest {

    /** A number that nothing else in these runs has. */
    private static final int HIDDEN = 31_415;

    private final Engine engine;

    JudgementTest(Engine engine) {
        this.engine = engine;
    }

    @Test
    void anyValueIsJudgedAsTheResultWasAndTheRunStaysAsItIs() throws Exception {
        Program sealed = engine.deploy(source("sealed"));
        RunRequest asked = RunRequest.of(Json.object().put("target", 5).put("hidden", 5));
        RunResult result = engine.await(engine.start(sealed, asked));
        List<RunEvent> before = engine.events(result.run());

        List<Judgement> judgements =
                engine.judge(result.run(), List.of(result.best().orElseThrow().value(), text("7"), text("no number")));

        assertThat(new TreeMap<>(judgements.getFirst().report()))
                .hasToString(new TreeMap<>(result.measured()).toString());
        assertThat(reported(judgements.get(1), "distance").asInt()).isEqualTo(2);
        assertThat(reported(judgements.get(1), "solved").asBoolean()).isFalse();
        assertThat(judgements.get(2).report()).isEmpty();
        assertThat(judgements.get(2).problem().orElseThrow().what()).contains("not a number");
        assertThat(engine.events(result.run())).isEqualTo(before);
    }

    @Test
    void whatIsSealedIsInNoEventOfARunThatWasJudged() throws Exception {
        Program sealed = engine.deploy(source("sealed"));
        RunRequest asked = RunRequest.of(Json.object().put("target", 5).put("hidden", HIDDEN));
        String run = engine.start(sealed, asked);
        RunResult result = engine.await(run);

        List<Judgement> judgements = engine.judge(run, List.of(text("2")));

        assertThat(reported(judgements.getFirst(), "distance").asInt()).isEqualTo(HIDDEN - 2);
        String own = String.valueOf(
                Objects.requireNonNull(result.measured().get("distance")).asInt());
        assertThat(engine.events(run)).noneMatch(event -> event.body().contains(String.valueOf(HIDDEN)));
        assertThat(engine.events(run)).noneMatch(event -> event.body().contains(String.valueOf(HIDDEN - 2)));
        assertThat(engine.events(run).stream()
                        .filter(event -> event.body().contains(own))
                        .map(RunEvent::kind))
                .isNotEmpty()
                .containsOnly(EventKind.MEASURED, EventKind.RUN_FINISHED);
    }

    @Test
    void aRunThatGoesOnIsNotJudged() throws Exception {
        Program endless = engine.deploy(with(source("sealed"), "guess/hint", "guess/never"));
        String run = engine.start(
                endless, RunRequest.of(Json.object().put("target", 5).put("hidden", 5)));

        assertThatThrownBy(() -> engine.judge(run, List.of(text("5"))))
                .isInstanceOfSatisfying(EngineException.class, refused -> {
                    assertThat(refused.problems().getFirst().code()).isEqualTo(ProblemCode.SEALED_LEAK);
                    assertThat(refused.getMessage()).contains(run, "goes on");
                });
        assertThatThrownBy(() -> engine.course(run)).isInstanceOf(EngineException.class);

        engine.cancel(run);
        assertThat(engine.judge(run, List.of(text("5")))).hasSize(1);
    }

    @Test
    void theCourseOfARunSaysWhatItWouldHaveReturnedAndWhatWasMadeFromWhat() throws Exception {
        Program sealed = engine.deploy(source("sealed"));
        RunRequest asked =
                RunRequest.of(Json.object().put("target", 1).put("hidden", 5)).withSeed(4);
        RunResult result = engine.await(engine.start(sealed, asked));

        Course course = engine.course(result.run());

        assertThat(course.made().getFirst().element()).isEqualTo("draw");
        assertThat(course.made().getFirst().from()).isEmpty();
        assertThat(course.made()).hasSizeGreaterThan(2);
        for (int i = 1; i < course.made().size(); i++) {
            Course.Made made = course.made().get(i);
            assertThat(made.from()).contains(course.made().get(i - 1).value());
            assertThat(made.calls()).isEqualTo(1 + 2L * i);
            assertThat(made.tokens()).isEqualTo(11 * made.calls());
        }
        assertThat(course.standings().getFirst().calls()).isEqualTo(1);
        Course.Standing last = course.standings().getLast();
        assertThat(last.value()).isEqualTo(result.best().orElseThrow().value());
        assertThat(last.accepted()).isTrue();
        assertThat(course.standings())
                .extracting(standing -> standing.score().orElseThrow())
                .isSorted();
    }

    @Test
    void runsRememberForThoseOfTheirRealmAlone() throws Exception {
        Program together = engine.deploy(source("together"));

        engine.await(engine.start(together, target(1).withRealm("a")));
        String same = engine.start(together, target(2).withRealm("a"));
        engine.await(same);
        String again = engine.start(together, target(1).withRealm("a"));
        engine.await(again);
        String other = engine.start(together, target(1).withRealm("b"));
        engine.await(other);
        String none = engine.start(together, target(1));
        engine.await(none);

        assertThat(recalled(same, "ofAll")).isEqualTo("[1]");
        assertThat(recalled(same, "ofSame")).isEqualTo("[]");
        assertThat(recalled(again, "ofAll")).isEqualTo("[1,2]");
        assertThat(recalled(again, "ofSame")).isEqualTo("[1]");
        assertThat(recalled(other, "ofAll")).isEqualTo("[]");
        assertThat(recalled(other, "ofSame")).isEqualTo("[]");
        assertThat(recalled(none, "ofAll")).isEqualTo("[]");
    }

    @Test
    void runsAreFoundByWhatTheirLabelsBeginWith() {
        Program together = engine.deploy(source("together"));
        RunRequest apart = target(1).withRealm("labelled"); // what they remember is nothing to the other tests
        String first = engine.start(together, apart.withLabels(Map.of("found-by", "x\"1.2")));
        String second = engine.start(together, apart.withLabels(Map.of("found-by", "x\"1.3", "more", "y")));
        engine.start(together, apart.withLabels(Map.of("found-by", "x2", "by", "x\"1.2")));

        var found = engine.labelled("found-by", "x\"1.");

        assertThat(found.keySet()).extracting(run -> run.id()).containsExactly(second, first);
        assertThat(found.values())
                .first()
                .satisfies(labels -> assertThat(labels).containsEntry("more", "y"));
        assertThat(engine.labelled("found-by", "x%")).isEmpty();
    }

    private String recalled(String run, String element) {
        return bodies(engine.events(run), EventKind.OUTPUT, element)
                .getFirst()
                .path("value")
                .toString();
    }

    private static JsonNode reported(Judgement judgement, String name) {
        return Objects.requireNonNull(judgement.report().get(name));
    }

    private static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }
}
