package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ReplayReport.Agreement;
import dev.hone.engine.ledger.EventKind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model slot's version that a trainer made is what later calls ask. */
@Tag("slow")
@Timeout(90)
@ExtendWith(SharedEngine.class)
class TrainedModelTest {

    private final Engine engine;

    TrainedModelTest(Engine engine) {
        this.engine = engine;
    }

    private String ended(RunRequest request) throws InterruptedException {
        String run = engine.start(engine.deploy(source("trained")), request);
        engine.await(run);
        return run;
    }

    private List<String> asked(String run, String what) {
        return List.of("before", "after", "reverted", "last").stream()
                .map(step -> bodies(engine.events(run), EventKind.CALLED, step)
                        .getFirst()
                        .path(what)
                        .asText())
                .toList();
    }

    @Test
    void callsAskTheVersionThatTheSlotHasAndItsReplayHearsTheSame() throws Exception {
        String run = ended(target(1));

        assertThat(asked(run, "text")).containsExactly("one", "two", "one", "three");
        List<String> models = asked(run, "model");
        assertThat(models.get(0)).isEqualTo("guess/echo").isEqualTo(models.get(2));
        assertThat(models.get(1)).matches("guess/echo\\+[0-9a-f]{8}").isNotEqualTo(models.get(3));
        assertThat(engine.await(run).flags()).contains("all asked");
        List<String> requests = asked(run, "request");
        assertThat(requests.get(0)).isEqualTo(requests.get(2));
        assertThat(requests).doesNotContainSequence(requests.get(0), requests.get(0));
        assertThat(requests.get(1)).isNotIn(requests.get(0), requests.get(3));

        String replay = engine.replay(run);
        engine.await(replay);
        ReplayReport report = ReplayReport.of(engine.events(run), engine.events(replay));
        assertThat(report.agrees()).isEqualTo(Agreement.SAME);
    }

    @Test
    void anAdapterThatTheProviderCannotUseEndsTheRunWithTheProblem() throws Exception {
        RunResult result = engine.await(ended(target(1).withParam("format", "weights")));

        Problem problem = result.stop().problem().orElseThrow();
        assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_FAILED);
        assertThat(problem.toString()).contains("the provider guess cannot use the adapter weights of echo");
    }

    @Test
    void aTrainerThatGivesNoModelIsAProblemAtOnce() throws Exception {
        String run = ended(target(1).withParam("bare", true));

        Problem problem = engine.await(run).stop().problem().orElseThrow();
        assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_UNKNOWN);
        assertThat(problem.toString())
                .contains("The trainer coach gave the model slot writer")
                .contains("'two'");
        List<JsonNode> after = bodies(engine.events(run), EventKind.CALLED, "after");
        assertThat(after).isEmpty();
    }
}
