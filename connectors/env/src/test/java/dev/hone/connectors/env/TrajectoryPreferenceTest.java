package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.TrajectoryPreference.Input;
import dev.hone.connectors.env.TrajectoryPreference.Output;
import dev.hone.connectors.env.TrajectoryPreference.Paid;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrajectoryPreferenceTest extends ConnectorContract<Input, Output> {

    /** Two steps to the goal, or up against the edge until the limit. */
    private static final Episode REACHED = episode("right");

    private static final Episode STUCK = episode("up");

    private static Episode episode(String action) {
        try {
            return Episode.play(World.of(Specs.grid("S.G", 0, 4)), Specs.fixed(action), 1, true);
        } catch (ConnectorException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Connector<Input, Output> connector() {
        return new TrajectoryPreference();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        Paid reached = new Paid(0.5, 2, REACHED.features());
        Paid stuck = new Paid(0, 4, STUCK.features());
        return List.of(
                new Example<>(
                        input("goal", "fail", REACHED, STUCK, REACHED),
                        new Output(true, 1, 2, 2, 1, Optional.of(reached), Optional.of(stuck))),
                // A reward for bumping prefers the one who only bumps.
                new Example<>(
                        input("bump", "pass", REACHED, STUCK),
                        new Output(
                                false,
                                0,
                                1,
                                1,
                                1,
                                Optional.of(new Paid(0, 2, REACHED.features())),
                                Optional.of(new Paid(1, 4, STUCK.features())))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        Episode untraced = new Episode(1, 0, 2, true, REACHED.features(), List.of());
        return Map.of(
                "code",
                input("reached", "pass", REACHED),
                "no trace",
                input("goal", "pass", untraced),
                "no word on nothing",
                input("goal", "perhaps", REACHED),
                "no feature",
                new Input(Specs.CORRIDOR, "goal", List.of(), "luck", "pass", Optional.empty()),
                "share",
                new Input(Specs.CORRIDOR, "goal", List.of(), "goal", "pass", Optional.of(2.0)),
                "another world's",
                new Input(Specs.cartPole(0, 9), "upright", List.of(STUCK), "upright", "pass", Optional.empty()));
    }

    private static Input input(String code, String vacuous, Episode... episodes) {
        return new Input(Specs.CORRIDOR, code, List.of(episodes), "goal", vacuous, Optional.empty());
    }

    private static Output judge(Input input) throws ConnectorException {
        return new TrajectoryPreference().run(input, CallContext.standalone(1));
    }

    @Test
    void nothing_to_compare_is_what_the_workflow_says_it_is() throws ConnectorException {
        for (List<Episode> one : List.of(List.<Episode>of(), List.of(REACHED), List.of(STUCK, STUCK))) {
            Output pass = judge(input("goal", "pass", one.toArray(Episode[]::new)));
            Output fail = judge(input("goal", "fail", one.toArray(Episode[]::new)));

            assertThat(pass.pass()).isTrue();
            assertThat(fail.pass()).isFalse();
            assertThat(pass.total()).isZero();
            assertThat(pass.successes() + pass.failures()).isEqualTo(one.size());
        }
    }

    @Test
    void the_share_is_of_the_successes_above_the_best_failure() throws ConnectorException {
        // Wanders first: three bumps, then two steps. The third is cut after a step in the right direction.
        List<Episode.Visit> wandering = new ArrayList<>(STUCK.trace().subList(0, 3));
        wandering.addAll(REACHED.trace());
        Episode late = new Episode(2, 0, 5, true, Map.of("goal", 1.0), wandering);
        Episode cut = new Episode(3, 0, 1, false, Map.of(), REACHED.trace().subList(0, 1));

        assertThat(judge(input("goal", "fail", REACHED, late, cut)).share()).isEqualTo(1);

        Output paysForTheWay = judge(input("goal + 0.5 * closer", "fail", REACHED, late, cut));
        assertThat(paysForTheWay.share()).isEqualTo(0.5); // 1 and 0.4 against 0.5
        assertThat(paysForTheWay.pass()).isFalse();
        assertThat(paysForTheWay.worst().orElseThrow().steps()).isEqualTo(5);
        assertThat(paysForTheWay.best().orElseThrow().mean()).isEqualTo(0.5);
    }
}
