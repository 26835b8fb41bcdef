package dev.hone.connectors.env.player;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Plans a job in a household before anything is seen. It looks in three places, those that are usual for such a thing first, and errs
 * in two ways: in 2 of 10 plans it does not think of doors, and in 2 of 10 not of washing, heating or cooling. A skill for the same
 * kind of thing tells where to look first; a skill for the same condition reminds it of that, and any skill of doors.
 */
final class HouseholdPlanner implements Player<HouseholdPlanner.Input> {

    private static final double FORGETS = 0.2;
    private static final int LOOKS = 3;

    /**
     * What it is asked.
     *
     * @param skills what was learned in earlier jobs, the most similar first
     */
    record Input(Errand job, List<Errand.Place> places, Optional<List<Skill>> skills) {}

    /**
     * What an earlier job taught.
     *
     * @param at where the thing was found
     */
    record Skill(String kind, Optional<String> condition, String at) {}

    record Plan(List<Errand.Step> steps) {}

    @Override
    public String name() {
        return "household-planner";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Plan answer(Input input, SplittableRandom chance) {
        Errand job = input.job();
        List<Skill> skills = input.skills().orElse(List.of());
        boolean doors = chance.nextDouble() >= FORGETS || !skills.isEmpty();
        boolean treats = chance.nextDouble() >= FORGETS
                || skills.stream().anyMatch(skill -> skill.condition().equals(job.condition()));
        List<Errand.Place> learned = skills.stream()
                .filter(skill -> skill.kind().equals(job.kind()))
                .map(skill -> named(skill.at(), input.places()))
                .filter(Objects::nonNull)
                .toList();
        List<Errand.Place> looks = Stream.concat(learned.stream(), shuffled(job, input.places(), chance).stream())
                .distinct()
                .limit(LOOKS)
                .toList();
        List<Errand.Step> steps = new ArrayList<>(Errand.search(job.kind(), looks, place -> doors));
        if (treats) {
            steps.addAll(job.treat(Errand.FOUND, input.places()));
        }
        steps.add(job.deliver(Errand.FOUND, input.places(), doors));
        return new Plan(List.copyOf(steps));
    }

    private static Errand.@org.jspecify.annotations.Nullable Place named(String name, List<Errand.Place> places) {
        return places.stream()
                .filter(place -> place.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** By what is usual, in any order among those that are equally so. */
    private static List<Errand.Place> shuffled(Errand job, List<Errand.Place> places, SplittableRandom chance) {
        List<Errand.Place> left = new ArrayList<>(places);
        List<Errand.Place> mixed = new ArrayList<>();
        while (!left.isEmpty()) {
            mixed.add(left.remove(chance.nextInt(left.size())));
        }
        return Errand.order(job.kind(), mixed);
    }
}
