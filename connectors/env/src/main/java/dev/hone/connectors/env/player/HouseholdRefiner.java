package dev.hone.connectors.env.player;

import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Mends a plan in a household whose step did not come to what it was to: it keeps what was done and plans the rest anew from what is in
 * the hand and from what was seen, so that it looks nowhere twice, takes a thing from where it was seen, and fetches the key for what
 * is locked when nothing else is left. In 1 of 10 it sees no reason for the failure and goes on with the plan as it is, with the
 * failed step.
 */
final class HouseholdRefiner implements Player<HouseholdRefiner.Input> {

    private static final double BLIND = 0.1;
    private static final String KEY = "key";
    private static final int LOOKS = 3;

    /**
     * What it is told.
     *
     * @param steps the plan
     * @param at the number of the failed step, from 1; one more than there are when the plan came to its end and the job is not done
     * @param holding the thing in the hand, or {@code nothing}
     * @param condition of that
     * @param seen the places where one was, the latest last
     */
    record Input(
            Errand job,
            List<Errand.Place> places,
            List<Errand.Step> steps,
            int at,
            String holding,
            String condition,
            List<Errand.Seen> seen) {}

    /** @param from the number of the step to go on with */
    record Refined(List<Errand.Step> steps, int from) {}

    @Override
    public String name() {
        return "household-refiner";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Refined answer(Input input, SplittableRandom chance) throws ConnectorException {
        if (input.at() < 1 || input.at() > input.steps().size() + 1) {
            throw Player.bad(
                    "step " + input.at() + " of " + input.steps().size() + " failed", "count the steps from 1");
        }
        if (chance.nextDouble() < BLIND && input.at() <= input.steps().size()) {
            return new Refined(input.steps(), input.at());
        }
        List<Errand.Step> steps = new ArrayList<>(input.steps().subList(0, input.at() - 1));
        steps.addAll(rest(input));
        return new Refined(List.copyOf(steps), input.at());
    }

    private static List<Errand.Step> rest(Input input) {
        Errand job = input.job();
        Map<String, Errand.Seen> known = new LinkedHashMap<>();
        input.seen().forEach(seen -> known.put(seen.at(), seen));
        List<Errand.Step> steps = new ArrayList<>();
        String thing = input.holding();
        if (!job.wants(thing)) {
            Where sought = find(job.kind(), known, input.places());
            boolean key = Errand.is(KEY, thing);
            if (!thing.equals(Errand.NOTHING) && !(key && sought == null)) {
                steps.add(Errand.lay(thing, input.places()));
            }
            thing = sought == null ? Errand.FOUND : sought.thing();
            steps.addAll(sought == null ? search(input, known) : List.of(Errand.fetch(thing, sought.place())));
        }
        if (!job.wants(input.holding()) || !job.condition().equals(Optional.of(input.condition()))) {
            steps.addAll(job.treat(thing, input.places()));
        }
        steps.add(job.deliver(thing, input.places(), true));
        return steps;
    }

    /** Where nobody has looked; then behind the door that is locked; then everywhere again. */
    private static List<Errand.Step> search(Input input, Map<String, Errand.Seen> known) {
        String kind = input.job().kind();
        List<Errand.Place> places = Errand.order(kind, input.places());
        List<Errand.Place> fresh = places.stream()
                .filter(place -> !known.containsKey(place.name())
                        || known.get(place.name()).door().equals("closed"))
                .filter(place -> !place.name().equals(input.job().to()))
                .toList();
        if (!fresh.isEmpty() && !Errand.is(KEY, input.holding())) {
            return Errand.search(kind, fresh.subList(0, Math.min(LOOKS, fresh.size())), place -> true);
        }
        List<Errand.Place> locked = places.stream()
                .filter(place -> known.containsKey(place.name())
                        && known.get(place.name()).door().equals("locked"))
                .toList();
        if (locked.isEmpty()) {
            return Errand.search(kind, places, place -> true);
        }
        List<Errand.Step> steps = new ArrayList<>();
        String key = input.holding();
        if (!Errand.is(KEY, key)) {
            Where found = find(KEY, known, input.places());
            key = found == null ? Errand.FOUND : found.thing();
            steps.addAll(
                    found == null
                            ? Errand.search(
                                    KEY,
                                    Errand.order(KEY, input.places()).stream()
                                            .filter(place -> !locked.contains(place))
                                            .toList(),
                                    place -> true)
                            : List.of(Errand.fetch(key, found.place())));
        }
        steps.add(Errand.unlock(key, locked.getFirst()));
        steps.addAll(Errand.search(kind, List.of(locked.getFirst()), place -> true));
        return steps;
    }

    private record Where(String thing, Errand.Place place) {}

    /** A thing of the kind that was seen last time at its place. */
    private static @Nullable Where find(String kind, Map<String, Errand.Seen> known, List<Errand.Place> places) {
        return places.stream()
                .map(place -> known.containsKey(place.name())
                        ? known.get(place.name()).here().stream()
                                .filter(thing -> Errand.is(kind, thing))
                                .findFirst()
                                .map(thing -> new Where(thing, place))
                                .orElse(null)
                        : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
