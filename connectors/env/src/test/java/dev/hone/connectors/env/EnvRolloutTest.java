package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.EnvRollout.Input;
import dev.hone.connectors.env.EnvRollout.Output;
import dev.hone.connectors.env.Episode.Visit;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvRolloutTest extends ConnectorContract<Input, Output> {

    @Override
    protected Connector<Input, Output> connector() {
        return new EnvRollout();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        Map<String, Double> first = Specs.features(1, 0, 1, 0.5);
        Map<String, Double> second = Specs.features(1, 1, 1, 1);
        Map<String, Double> both = Specs.features(2, 1, 2, 1.5);
        List<Visit> trace = List.of(new Visit("0,0", "right", 0, first), new Visit("0,1", "right", 3, second));
        Input input = new Input(
                Specs.grid("S.G", 0, 5),
                Specs.fixed("right"),
                Optional.of(2),
                Optional.of(5L),
                Optional.of(Map.of("goal", 3.0)),
                Optional.empty(),
                Optional.of(true));
        return List.of(new Example<>(
                input,
                new Output(
                        3,
                        1,
                        2,
                        List.of(new Episode(5, 3, 2, true, both, trace), new Episode(6, 3, 2, true, both, trace)))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        Map<String, Input> bad = new LinkedHashMap<>();
        bad.put("episodes", input(Specs.CORRIDOR, Specs.random(), 0, false));
        bad.put("long trace", input(Specs.CORRIDOR, Specs.random(), 11, true));
        bad.put(
                "no way to act",
                input(
                        Specs.CORRIDOR,
                        new Policy(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        1,
                        false));
        bad.put("no such action", input(Specs.CORRIDOR, Specs.fixed("jump"), 1, false));
        bad.put("no action", input(Specs.CORRIDOR, Specs.fixed(), 1, false));
        bad.put(
                "weights of no action",
                input(Specs.CORRIDOR, Specs.linear(Map.of("jump", Map.of("row", 1.0))), 1, false));
        bad.put("weights of a text", input(Specs.CORRIDOR, Specs.linear(Map.of("up", Map.of("left", 1.0))), 1, false));
        bad.put(
                "reward",
                new Input(
                        Specs.CORRIDOR,
                        Specs.random(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Map.of("joy", 1.0)),
                        Optional.empty(),
                        Optional.empty()));
        return bad;
    }

    private static Input input(Spec env, Policy policy, int episodes, boolean trace) {
        return new Input(
                env,
                policy,
                Optional.of(episodes),
                Optional.of(1L),
                Optional.empty(),
                Optional.empty(),
                Optional.of(trace));
    }

    private static Output play(Spec env, Policy policy, int episodes) throws ConnectorException {
        return new EnvRollout().run(input(env, policy, episodes, false), CallContext.standalone(1));
    }

    @Test
    void a_linear_policy_balances_the_pole() throws ConnectorException {
        Map<String, Double> lean = Map.of("angle", 1.0, "angularVelocity", 0.5, "position", 0.05, "velocity", 0.1);
        Policy balance = Specs.linear(Map.of("right", lean, "left", Map.of("bias", 0.0)));

        assertThat(play(Specs.cartPole(0.05, 500), balance, 20).ended()).isZero();
        assertThat(play(Specs.cartPole(0.05, 500), Specs.random(), 20).ended()).isEqualTo(1);
    }

    @Test
    void a_table_is_followed_where_it_says_something() throws ConnectorException {
        Policy known = Specs.table(Map.of(
                "0,0", Map.of("left", -1.0, "right", 1.0),
                "0,1", Map.of("left", -1.0, "right", 1.0)));

        assertThat(play(Specs.CORRIDOR, known, 1).steps()).isEqualTo(2);
    }

    @Test
    void epsilon_is_how_often_something_else_is_done() throws ConnectorException {
        Policy shaky = new Policy(
                Optional.empty(), Optional.empty(), Optional.of(List.of("right")), Optional.empty(), Optional.of(0.4));
        Output played = play(Specs.grid("S" + ".".repeat(62) + "G"), shaky, 200);

        // Each step goes right with 0.7 and left with 0.1, so on average it takes 63 / 0.6 steps, a little less for the
        // wall.
        assertThat(played.steps()).isBetween(98.0, 108.0);
    }

    @Test
    void the_same_seed_gives_the_same_episode_on_every_machine() throws ConnectorException {
        Output played = play(Specs.cartPole(0.05, 500), Specs.random(), 5);

        assertThat(played.episodes()).extracting(Episode::steps).containsExactly(58, 15, 15, 28, 21);
        assertThat(play(Specs.grid("S...\n.H..\n...G", 0.2, 100), Specs.random(), 5)
                        .episodes())
                .extracting(Episode::steps)
                .containsExactly(9, 9, 28, 26, 2);
    }
}
