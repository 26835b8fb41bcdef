package dev.hone.connectors.env.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.connectors.env.player.Errand.Place;
import dev.hone.connectors.env.player.Errand.Seen;
import dev.hone.connectors.env.player.Errand.Step;
import dev.hone.connectors.env.player.HouseholdPlanner.Skill;
import dev.hone.connectors.env.player.HouseholdRefiner.Refined;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the ones who work in a house plan, mend and overlook, and that they err as often as they say. */
class HouseholdPlayersTest {

    private static final int DRAWS = 4_000;
    private static final Errand JOB = new Errand("cup", Optional.of("clean"), "shelf 1");
    private static final List<Place> PLACES = List.of(
            place("table 1", false, ""),
            place("cabinet 1", true, ""),
            place("cabinet 2", true, ""),
            place("drawer 1", true, ""),
            place("sink 1", false, "wash"),
            place("shelf 1", false, ""));

    private static Place place(String name, boolean door, String use) {
        return new Place(name, Optional.of(door), Optional.of(use).filter(word -> !word.isEmpty()));
    }

    private static List<Step> plan(long seed, Skill... skills) {
        return new HouseholdPlanner()
                .answer(
                        new HouseholdPlanner.Input(JOB, PLACES, Optional.of(List.of(skills))),
                        new SplittableRandom(seed))
                .steps();
    }

    private static boolean acts(List<Step> steps, String action) {
        return steps.stream().anyMatch(step -> step.act().contains(action));
    }

    private static double often(LongPredicate event) {
        return LongStream.range(0, DRAWS).filter(event).count() / (double) DRAWS;
    }

    @Test
    void a_plan_looks_in_three_usual_places_and_asserts_what_each_step_comes_to() {
        List<Step> steps = plan(3);

        assertThat(steps)
                .hasSize(6)
                .allSatisfy(step -> assertThat(step.expect()).isNotEmpty());
        assertThat(steps.subList(0, 3))
                .allSatisfy(step -> assertThat(step.seek()).contains("cup"));
        assertThat(steps.subList(0, 2))
                .extracting(step -> step.act().getFirst())
                .containsExactlyInAnyOrder("go to cabinet 1", "go to cabinet 2");
        assertThat(steps.getLast().act()).containsExactly("go to shelf 1", "put {found}");
    }

    @Test
    void a_planner_forgets_doors_and_washing_as_often_as_it_says_and_with_a_skill_neither() {
        Skill skill = new Skill("cup", Optional.of("clean"), "drawer 1");

        assertThat(often(seed -> !acts(plan(seed), "open cabinet 1"))).isBetween(0.17, 0.23);
        assertThat(often(seed -> !acts(plan(seed), "wash {found}"))).isBetween(0.17, 0.23);
        assertThat(often(seed -> acts(plan(seed, skill), "open drawer 1") && acts(plan(seed, skill), "wash {found}")))
                .isEqualTo(1);
    }

    @Test
    void a_skill_of_the_same_kind_tells_where_to_look_first() {
        assertThat(plan(3, new Skill("cup", Optional.empty(), "drawer 1"))
                        .getFirst()
                        .act())
                .containsExactly("go to drawer 1", "open drawer 1");
        assertThat(plan(3, new Skill("plate", Optional.empty(), "drawer 1"))
                        .getFirst()
                        .act())
                .doesNotContain("go to drawer 1");
    }

    private static HouseholdRefiner.Input failed(int at, String holding, String condition, Seen... seen) {
        return new HouseholdRefiner.Input(JOB, PLACES, plan(3), at, holding, condition, List.of(seen));
    }

    /** By the first seed with which it is not blind. */
    private static Refined mended(HouseholdRefiner.Input input) throws Exception {
        for (long seed = 0; ; seed++) {
            Refined refined = new HouseholdRefiner().answer(input, new SplittableRandom(seed));
            if (!refined.steps().equals(input.steps())) {
                return refined;
            }
        }
    }

    @Test
    void a_mended_plan_keeps_what_was_done_and_goes_on_from_there() throws Exception {
        Refined refined = mended(failed(4, "nothing", "", new Seen("cabinet 1", "open", List.of())));

        assertThat(refined.from()).isEqualTo(4);
        assertThat(refined.steps().subList(0, 3)).isEqualTo(plan(3).subList(0, 3));
    }

    @Test
    void it_looks_nowhere_twice_and_takes_a_thing_from_where_it_was_seen() throws Exception {
        Seen first = new Seen("cabinet 1", "open", List.of("plate 1"));

        List<Step> unseen = mended(failed(4, "nothing", "", first)).steps();
        assertThat(acts(unseen.subList(3, unseen.size()), "go to cabinet 1")).isFalse();
        assertThat(acts(unseen.subList(3, unseen.size()), "go to cabinet 2")).isTrue();

        List<Step> seen = mended(failed(4, "nothing", "", first, new Seen("table 1", "open", List.of("cup 2"))))
                .steps();
        assertThat(seen.get(3).act()).containsExactly("go to table 1", "take cup 2");
    }

    @Test
    void with_the_thing_in_the_hand_it_only_does_what_is_left() throws Exception {
        List<Step> left = mended(failed(6, "cup 1", "", new Seen("shelf 1", "open", List.of())))
                .steps();
        assertThat(left.subList(5, left.size()))
                .extracting(Step::act)
                .containsExactly(List.of("go to sink 1", "wash cup 1"), List.of("go to shelf 1", "put cup 1"));

        List<Step> clean = mended(failed(5, "cup 1", "clean")).steps();
        assertThat(clean.subList(4, clean.size()))
                .extracting(Step::act)
                .containsExactly(List.of("go to shelf 1", "put cup 1"));
    }

    @Test
    void a_locked_place_is_looked_into_last_and_with_the_key() throws Exception {
        Seen locked = new Seen("cabinet 1", "locked", List.of());
        List<Step> first = mended(failed(1, "nothing", "", locked)).steps();
        assertThat(acts(first, "unlock cabinet 1")).isFalse();

        Seen[] all = {
            locked,
            new Seen("cabinet 2", "open", List.of()),
            new Seen("drawer 1", "open", List.of("key 1")),
            new Seen("sink 1", "open", List.of()),
            new Seen("table 1", "open", List.of())
        };
        assertThat(mended(failed(1, "nothing", "", all)).steps())
                .extracting(Step::act)
                .startsWith(
                        List.of("go to drawer 1", "open drawer 1", "take key 1"),
                        List.of("go to cabinet 1", "unlock cabinet 1", "open cabinet 1", "put key 1"),
                        List.of("go to cabinet 1", "open cabinet 1"));
    }

    @Test
    void what_is_in_the_hand_and_not_wanted_is_laid_down() throws Exception {
        assertThat(mended(failed(1, "key 1", "", new Seen("table 1", "open", List.of("cup 1"))))
                        .steps())
                .extracting(Step::act)
                .startsWith(List.of("go to table 1", "put key 1"), List.of("go to table 1", "take cup 1"));
    }

    @Test
    void it_is_blind_in_one_of_ten() {
        HouseholdRefiner.Input input = failed(4, "nothing", "", new Seen("cabinet 1", "open", List.of()));

        assertThat(often(seed -> {
                    try {
                        return new HouseholdRefiner()
                                .answer(input, new SplittableRandom(seed))
                                .steps()
                                .equals(input.steps());
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }))
                .isBetween(0.085, 0.115);
    }

    @Test
    void a_step_that_is_not_in_the_plan_cannot_have_failed() {
        assertThatThrownBy(() -> new HouseholdRefiner().answer(failed(8, "nothing", ""), new SplittableRandom(1)))
                .hasMessageContaining("step 8 of 6");
    }

    private static String look(String seek, String text, long seed) {
        return new HouseholdObserver()
                .answer(new HouseholdObserver.Input(seek, text), new SplittableRandom(seed))
                .found();
    }

    @Test
    void an_observer_finds_what_is_there_but_for_one_look_of_twenty() {
        String text = "You are at shelf 1, which is open. There you see cupboard 1, cup 2, plate 1. You hold nothing.";

        assertThat(often(seed -> look("cup", text, seed).equals("nothing"))).isBetween(0.04, 0.06);
        assertThat(often(seed -> look("cup", text, seed).equals("cup 2"))).isBetween(0.94, 0.96);
        assertThat(often(seed -> !look("apple", text, seed).equals("nothing"))).isZero();
        assertThat(look("cup", "You are at shelf 1, which is closed. You hold cup 2.", 1))
                .isEqualTo("nothing");
    }
}
