package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What happens in each world, step by step. */
class EnvironmentTest {

    private static final Offset<Double> EXACTLY = within(1e-12);

    private static World world(Spec env) throws ConnectorException {
        return World.of(env);
    }

    private static World.Step steps(World world, String... actions) throws ConnectorException {
        State state = world.reset(1);
        World.Step step = world.step(state, actions[0]);
        for (String action : List.of(actions).subList(1, actions.length)) {
            assertThat(world.actions(step.state())).contains(action);
            step = world.step(step.state(), action);
        }
        return step;
    }

    private static Map<String, Double> features(World world, World.Step step) {
        return world.named(step.features());
    }

    // --- grid

    @Test
    void a_wall_stops_a_move() throws ConnectorException {
        World world = world(Specs.grid("S#G"));

        World.Step step = steps(world, "right");

        assertThat(step.state().values()).containsExactly(0.0, 0.0);
        assertThat(features(world, step)).containsEntry("bump", 1.0);
    }

    @Test
    void a_hazard_ends_the_episode() throws ConnectorException {
        World.Step step = steps(world(Specs.grid("SHG")), "right");

        assertThat(step.ended()).isTrue();
        assertThat(step.reward()).isCloseTo(-1.01, EXACTLY);
    }

    @Test
    void a_move_slips_to_each_side_half_of_the_time_that_it_slips() throws ConnectorException {
        World world = world(Specs.grid("...G\n.S..\n....", 0.4, 10));
        int ahead = 0;
        int above = 0;
        int below = 0;
        for (long seed = 0; seed < 10_000; seed++) {
            List<Double> next = world.step(world.reset(seed), "right").state().values();
            ahead += next.equals(List.of(1.0, 2.0)) ? 1 : 0;
            above += next.equals(List.of(0.0, 1.0)) ? 1 : 0;
            below += next.equals(List.of(2.0, 1.0)) ? 1 : 0;
        }

        assertThat(ahead + above + below).isEqualTo(10_000);
        assertThat(ahead).isBetween(5_850, 6_150);
        assertThat(above).isBetween(1_880, 2_120);
    }

    @Test
    void an_episode_starts_at_any_of_the_starts() throws ConnectorException {
        World world = world(Specs.grid("S.S\n.G."));

        assertThat(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L))
                .extracting(world::reset)
                .extracting(world::key)
                .contains("0,0", "0,2");
    }

    // --- cart and pole

    @Test
    void the_cart_and_the_pole_move_as_the_equations_say() throws ConnectorException {
        World world = world(Specs.cartPole(0, 10));

        // From rest by 10 N for 0.02 s: the pole's acceleration is -600/41, the cart's 400/41, and nothing has moved
        // yet.
        assertThat(world.key(world.reset(1))).isEqualTo("1131");
        State first = steps(world, "right").state();
        assertThat(first.numbers()).containsExactly(new double[] {0, 8 / 41.0, 0, -12 / 41.0}, EXACTLY);
        State second = steps(world, "right", "right").state();
        assertThat(second.numbers())
                .containsExactly(
                        new double[] {
                            0.0039024390243902443, 0.3902341292088043, -0.005853658536585366, -0.5853508425936942
                        },
                        EXACTLY);
        State third = steps(world, "right", "right", "left").state();
        assertThat(third.numbers())
                .containsExactly(
                        new double[] {
                            0.01170712160856633, 0.19518486802357587, -0.01756067538845925, -0.29450222673076276
                        },
                        EXACTLY);
    }

    @Test
    void the_pole_falls_beyond_twelve_degrees() throws ConnectorException {
        World world = world(Specs.cartPole(0, 1_000));

        World.Step step = steps(world, "right");
        int steps = 1;
        while (!step.ended()) {
            assertThat(Math.toDegrees(Math.abs(step.state().values().get(2)))).isLessThanOrEqualTo(12);
            step = world.step(step.state(), "right");
            steps++;
        }

        assertThat(steps).isEqualTo(9);
        assertThat(features(world, step)).containsEntry("failure", 1.0).containsEntry("upright", 0.0);
        assertThat(Math.toDegrees(step.state().values().get(2))).isLessThan(-12);
    }

    // --- bargaining

    @Test
    void the_other_takes_what_it_would_demand() throws ConnectorException {
        World world = world(Specs.bargaining(5));

        World.Step refused = steps(world, "offer 6");
        assertThat(refused.ended()).isFalse();
        assertThat(world.observation(refused.state())).containsEntry("offered", 5.0);
        World.Step taken = steps(world, "offer 7");
        assertThat(taken.ended()).isTrue();
        assertThat(features(world, taken)).containsEntry("share", 0.3).containsEntry("other", 0.7);
    }

    @Test
    void waiting_brings_a_larger_part_of_less() throws ConnectorException {
        World world = world(Specs.bargaining(5));

        World.Step step = steps(world, "offer 0", "reject", "offer 3");

        assertThat(step.ended()).isTrue();
        assertThat(step.reward()).isCloseTo(0.7 * 0.25, EXACTLY);
        assertThat(world.text(step.state())).isEqualTo("You agreed in round 3: 7 parts for you, 3 for the other.");
    }

    @Test
    void after_the_last_round_nobody_gets_anything() throws ConnectorException {
        World world = world(Specs.bargaining(2));

        World.Step step = steps(world, "offer 0", "reject");

        assertThat(step.ended()).isTrue();
        assertThat(features(world, step)).containsEntry("agreement", 0.0).containsEntry("share", 0.0);
        assertThat(world.text(step.state())).contains("nobody gets anything");
    }

    // --- public goods

    @Test
    void gifts_are_multiplied_and_shared() throws ConnectorException {
        World world = world(Specs.publicGoods(2, 3, "cooperator", "free-rider", "conditional"));

        // 4 + 10 + 0 + 5 = 19, doubled and shared among four: 9.5 each.
        World.Step step = steps(world, "give 4");
        assertThat(features(world, step))
                .containsEntry("payoff", 6 + 9.5)
                .containsEntry("given", 4.0)
                .containsEntry("others", 5.0)
                .containsEntry("group", 10 - 19 / 4.0 + 9.5);
    }

    @Test
    void one_who_gives_on_condition_follows_the_others() throws ConnectorException {
        World world = world(Specs.publicGoods(2, 3, "cooperator", "conditional"));

        assertThat(steps(world, "give 0").state().values()).containsExactly(2.0, 0.0, 10.0, 5.0);
        // What the other two gave in the round before: 6 and 10.
        assertThat(steps(world, "give 6", "give 0").state().values()).containsExactly(3.0, 0.0, 10.0, 8.0);
        assertThat(steps(world, "give 6", "give 0", "give 0").ended()).isTrue();
    }

    // --- questions

    @Test
    void each_answer_halves_what_is_left() throws ConnectorException {
        World world = world(Specs.ANIMALS);

        World.Step first = steps(world, "ask legs=4");
        World.Step second = steps(world, "ask legs=4", "ask home=farm");

        assertThat(features(world, first)).containsEntry("bits", 1.0);
        assertThat(world.observation(first.state())).containsEntry("left", 2.0);
        assertThat(world.observation(second.state())).containsEntry("left", 1.0);
        // Nothing more may be asked, and one item is possible.
        assertThat(world.actions(second.state())).singleElement().asString().startsWith("guess ");
        World.Step last =
                world.step(second.state(), world.actions(second.state()).getFirst());
        assertThat(features(world, last)).containsEntry("right", 1.0);
        assertThat(last.ended()).isTrue();
    }

    @Test
    void a_wrong_guess_ends_the_game_and_tells() throws ConnectorException {
        World world = world(Specs.ANIMALS);
        State start = world.reset(1);
        int sought = start.values().getFirst().intValue();
        List<String> guesses = List.of("guess cat", "guess bird", "guess cow", "guess hen");

        World.Step step = world.step(start, guesses.get((sought + 1) % 4));

        assertThat(step.ended()).isTrue();
        assertThat(step.reward()).isEqualTo(-1);
        assertThat(world.text(step.state())).contains("is wrong; it is ");
    }

    @Test
    void the_observation_does_not_tell_what_is_sought() throws ConnectorException {
        World world = world(Specs.ANIMALS);

        assertThat(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L))
                .extracting(world::reset)
                .extracting(
                        state -> world.text(state) + world.observation(state) + world.key(state) + world.actions(state))
                .containsOnly(
                        world.text(world.reset(1)) + world.observation(world.reset(1)) + world.actions(world.reset(1)));
    }
}
