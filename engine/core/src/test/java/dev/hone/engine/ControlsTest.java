package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static dev.hone.engine.SharedEngine.places;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.compile.Controls;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The placebo arms: what an improvement is claimed against. */
@Tag("slow")
@Timeout(60)
@ExtendWith(SharedEngine.class)
class ControlsTest {

    private final Engine engine;

    ControlsTest(Engine engine) {
        this.engine = engine;
    }

    @Test
    void independentSamplesMakeAsManyCallsAsAskedAndKeepTheBest() throws Exception {
        Source guess = source("guess");
        Program samples = engine.workshop().compileIndependentSamples(guess).orElseThrow();
        engine.deploy(samples, guess);

        String run = engine.start(samples, target(5).withParam(Controls.SAMPLES, 7));
        RunResult result = engine.await(run);

        List<RunEvent> events = engine.events(run);
        assertThat(result.spent().calls()).isEqualTo(7);
        assertThat(places(events, EventKind.CALLED)).hasSize(7).allMatch(place -> place.startsWith("draw "));
        double most = bodies(events, EventKind.POOLED, "draw").stream()
                .mapToDouble(body -> body.path("score").asDouble())
                .max()
                .orElseThrow();
        assertThat(result.best().orElseThrow().score()).contains(most);
    }

    @Test
    void shuffledFeedbackIsThatOfOtherRunsAndNeverItsOwn() throws Exception {
        Program guess = engine.deploy(source("guess"));
        String upwards = engine.start(guess, target(9).withSeed(4));
        engine.await(upwards);

        RunRequest downwards = target(1).withSeed(4).withParam("rounds", 3);
        String own = engine.start(guess, downwards);
        String shuffled = engine.start(guess, downwards.withFeedbackFrom(List.of(upwards)));
        engine.await(own);
        engine.await(shuffled);

        assertThat(steps(own)).isNotEmpty().containsOnly(-1);
        assertThat(steps(shuffled)).hasSize(3).allMatch(step -> step >= 0).contains(1);
        // Three draws and three rounds of two: its own critic is asked all the same, so that both arms cost the same.
        assertThat(engine.await(shuffled).spent().calls()).isEqualTo(3 + 3 * 2);
    }

    @Test
    void aWorkflowThatProposesNothingHasNoIndependentSamples() {
        Source silent = new Source("check-only.yaml", """
                hone: 1
                name: check-only
                input: {target: number}
                flow:
                  - exec: {tool: compare, in: {guess: "5", target: "= target"}, out: seen}
                """);

        assertThat(engine.workshop().compileIndependentSamples(silent)).isEmpty();
    }

    /** By how much each move changed the guess. */
    private List<Integer> steps(String run) {
        List<Integer> guesses = new ArrayList<>();
        guesses.add(bodies(engine.events(run), EventKind.OUTPUT, "nearest")
                .getFirst()
                .path("value")
                .asInt());
        bodies(engine.events(run), EventKind.OUTPUT, "move")
                .forEach(body -> guesses.add(body.path("value").asInt()));
        return IntStream.range(1, guesses.size())
                .mapToObj(i -> guesses.get(i) - guesses.get(i - 1))
                .toList();
    }
}
