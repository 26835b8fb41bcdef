package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.Refusals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens in a house. */
class HouseholdTest {

    private static final Spec OPEN = Specs.household(0);
    private static final Spec LOCKED = Specs.household(1);

    private static EnvSteps.Output act(Spec env, String... actions) throws ConnectorException {
        return act(env, 1, actions);
    }

    private static EnvSteps.Output act(Spec env, long seed, String... actions) throws ConnectorException {
        State start = World.of(env).reset(seed);
        return new EnvSteps().run(new EnvSteps.Input(env, start, List.of(actions)), CallContext.standalone(1));
    }

    @Test
    void what_is_behind_a_door_is_seen_when_it_is_open() throws ConnectorException {
        assertThat(act(OPEN, "go to cabinet 1").observation())
                .containsEntry("door", "closed")
                .containsEntry("here", List.of());
        assertThat(act(OPEN, "go to cabinet 1", "open cabinet 1").text())
                .isEqualTo("You are at cabinet 1, which is open. There you see cup 1. You hold nothing.");
        assertThat(act(OPEN, "go to cabinet 1", "open cabinet 1", "close cabinet 1")
                        .observation())
                .containsEntry("here", List.of());
    }

    @Test
    void a_job_is_done_when_the_thing_is_as_wanted_where_it_is_wanted() throws ConnectorException {
        EnvSteps.Output dirty =
                act(OPEN, "go to cabinet 1", "open cabinet 1", "take cup 1", "go to sink 1", "put cup 1");
        assertThat(dirty.done()).isFalse();
        assertThat(dirty.refused()).isEmpty();

        EnvSteps.Output clean =
                act(OPEN, "go to cabinet 1", "open cabinet 1", "take cup 1", "go to sink 1", "wash cup 1", "put cup 1");
        assertThat(clean.done()).isTrue();
        assertThat(clean.features()).containsEntry("done", 1.0).containsEntry("action", 6.0);
        assertThat(clean.reward()).isEqualTo(1 - 0.06, org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void that_a_door_is_locked_is_found_out_by_trying_and_a_key_in_the_hand_unlocks_it() throws ConnectorException {
        EnvSteps.Output tried = act(LOCKED, "go to cabinet 1", "open cabinet 1");
        assertThat(act(LOCKED, "go to cabinet 1").text())
                .isEqualTo(act(OPEN, "go to cabinet 1").text());
        assertThat(tried.observation()).containsEntry("door", "locked").containsEntry("here", List.of());
        assertThat(tried.features()).containsEntry("vain", 1.0);
        assertThat(tried.actions()).doesNotContain("unlock cabinet 1");

        EnvSteps.Output unlocked = act(
                LOCKED,
                "go to drawer 1",
                "open drawer 1",
                "take key 1",
                "go to cabinet 1",
                "unlock cabinet 1",
                "open cabinet 1");
        assertThat(unlocked.observation()).containsEntry("here", List.of("cup 1"));
    }

    @Test
    void there_is_one_hand() throws ConnectorException {
        EnvSteps.Output full = act(
                OPEN,
                "go to drawer 1",
                "open drawer 1",
                "take key 1",
                "go to cabinet 1",
                "open cabinet 1",
                "take cup 1");

        assertThat(full.refused()).isEqualTo("take cup 1");
        assertThat(full.taken()).isEqualTo(5);
        assertThat(full.observation()).containsEntry("holding", "key 1");
    }

    @Test
    void a_way_is_as_long_as_the_map_says() throws ConnectorException {
        // S...
        // .#..
        // a#dc    From the cabinet a to the drawer c it is up, along the top and down again.
        assertThat(act(OPEN, "go to cabinet 1").features()).containsEntry("way", 2.0);
        assertThat(act(OPEN, "go to cabinet 1", "go to drawer 1").features()).containsEntry("way", 2.0 + 7);
        assertThat(act(OPEN, "go to sink 1").features()).containsEntry("way", 4.0);
        assertThat(act(OPEN, "go to cabinet 1", "go to sink 1").features()).containsEntry("way", 2.0 + 6);
        assertThat(act(OPEN, "go to sink 1", "go to sink 1").features()).containsEntry("way", 4.0);
    }

    @Test
    void things_are_where_they_usually_are_but_for_surprises_and_never_where_the_job_wants_them() throws Exception {
        Spec env = surprising();
        World world = World.of(env);
        List<Integer> cups = LongStream.range(0, 4_000)
                .mapToObj(seed -> world.reset(seed).values().get(3 + 3).intValue())
                .toList();

        assertThat(cups).doesNotContain(2);
        // 0.6 of the time it is in the cabinet, and otherwise in the cabinet or the drawer.
        assertThat(cups.stream().filter(place -> place == 0).count()).isBetween(3_100L, 3_300L);
        assertThat(world.reset(5)).isEqualTo(world.reset(5));
    }

    private static Spec surprising() {
        Spec.Home home = OPEN.household().orElseThrow();
        return Specs.household(
                home.map(),
                home.places(),
                List.of(new Spec.Thing("cup 1", "cup", Optional.of(List.of("cabinet 1")), Optional.of(0.4))),
                home.job());
    }

    @Test
    void a_key_is_behind_no_door_that_locks() throws ConnectorException {
        Spec.Home home = Specs.household(0.5).household().orElseThrow();
        Spec env = Specs.household(
                home.map(),
                home.places(),
                List.of(home.things().getFirst(), new Spec.Thing("key 1", "key", Optional.empty(), Optional.empty())),
                home.job());
        World world = World.of(env);

        assertThat(LongStream.range(0, 200)
                        .mapToObj(seed -> world.reset(seed).values().get(3 + 3 + 1)))
                .contains(1.0, 2.0)
                .doesNotContain(0.0);
    }

    @Test
    void what_is_seen_at_the_start_does_not_tell_where_things_are() throws ConnectorException {
        World world = World.of(surprising());

        assertThat(LongStream.range(0, 20)
                        .mapToObj(world::reset)
                        .map(state ->
                                world.text(state) + world.observation(state) + world.key(state) + world.actions(state))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void an_action_that_cannot_be_done_is_a_problem_for_a_single_step() throws ConnectorException {
        State start = World.of(OPEN).reset(1);

        ConnectorException problem = Refusals.of(
                Kind.BAD_INPUT,
                () -> new EnvStep()
                        .run(
                                new EnvStep.Input(OPEN, start, "take cup 1", Optional.empty(), Optional.empty()),
                                CallContext.standalone(1)));
        assertThat(problem.what()).isEqualTo("there is no action 'take cup 1' here");
    }

    static List<Map.Entry<String, Spec>> bad() {
        Spec.Home home = OPEN.household().orElseThrow();
        Spec.Furniture sink = home.places().getLast();
        Spec.Thing cup = home.things().getFirst();
        Spec.Job job = home.job();
        return List.of(
                Map.entry("no way on the map", with("S#..\n.#..\na#dc", home.places(), home.things(), job)),
                Map.entry("the map has no mark 'a'", with("S...\n.#..\n.#dc", home.places(), home.things(), job)),
                Map.entry("has the mark 'a' twice", with("S.a.\n.#..\na#dc", home.places(), home.things(), job)),
                Map.entry("household.map has '?'", with("S?..\n.#..\na#dc", home.places(), home.things(), job)),
                Map.entry("has 0 entries", with(home.map(), List.of(), home.things(), job)),
                Map.entry(
                        "is blank, too long or there twice", with(home.map(), List.of(sink, sink), home.things(), job)),
                Map.entry(
                        "has no door",
                        with(
                                "Sd",
                                List.of(Specs.place("d", "sink 1", false, 1, Optional.empty())),
                                home.things(),
                                job)),
                Map.entry(
                        "has the use 'paint'",
                        with(
                                "Sd",
                                List.of(Specs.place("d", "sink 1", false, 0, Optional.of("paint"))),
                                home.things(),
                                job)),
                Map.entry(
                        "names the place 'attic'",
                        with(home.map(), home.places(), List.of(Specs.thing("cup 1", "cup", "attic")), job)),
                Map.entry("there is no key", Specs.household(home.map(), locking(), List.of(cup), job)),
                Map.entry(
                        "about a dragon",
                        with(
                                home.map(),
                                home.places(),
                                home.things(),
                                new Spec.Job("dragon", Optional.empty(), "sink 1"))),
                Map.entry(
                        "that is 'blue'",
                        with(
                                home.map(),
                                home.places(),
                                home.things(),
                                new Spec.Job("cup", Optional.of("blue"), "sink 1"))),
                Map.entry(
                        "no place for that",
                        with(
                                home.map(),
                                home.places(),
                                home.things(),
                                new Spec.Job("cup", Optional.of("hot"), "sink 1"))),
                Map.entry(
                        "can be nowhere",
                        with(
                                "Sd",
                                List.of(sink),
                                List.of(new Spec.Thing("cup 1", "cup", Optional.empty(), Optional.empty())),
                                job)));
    }

    private static List<Spec.Furniture> locking() {
        return LOCKED.household().orElseThrow().places();
    }

    private static Spec with(String map, List<Spec.Furniture> places, List<Spec.Thing> things, Spec.Job job) {
        return Specs.household(map, places, things, job);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_house_that_cannot_be_is_refused(Map.Entry<String, Spec> bad) {
        ConnectorException problem = Refusals.of(Kind.BAD_INPUT, () -> World.of(bad.getValue()));

        assertThat(problem.what()).contains(bad.getKey());
        assertThat(problem.fix()).isNotBlank();
    }

    @Test
    void a_state_that_cannot_be_is_refused() throws ConnectorException {
        World world = World.of(OPEN);
        State start = world.reset(1);

        for (int i = 0; i < start.values().size(); i++) {
            for (double wrong : new double[] {-2, 0.5, 99}) {
                List<Double> values = new java.util.ArrayList<>(start.values());
                values.set(i, wrong);
                Refusals.of(Kind.BAD_INPUT, () -> world.checked(new State(values, 1, 0, false)));
            }
        }
    }
}
