package dev.hone.connectors.env.player;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A job in a household, and the steps that it takes from what is known: find a thing, make it what it is to be, put it where it
 * belongs. A word in braces, {@code {found}}, is filled in by whoever carries the steps out.
 *
 * @param kind of the thing
 * @param condition that it is to be in, absent or blank when in any
 * @param to the place where it is to be
 */
record Errand(String kind, Optional<String> condition, String to) {

    static final String NOTHING = "nothing";
    static final String FOUND = "{found}";

    private static final String KEY = "key";

    /** Where one usually looks for what, by the first word of a place's name. */
    private static final Map<String, List<String>> USUAL = Map.of(
            "cup",
            List.of("cabinet", "shelf", "counter"),
            "plate",
            List.of("cabinet", "counter", "shelf"),
            "bowl",
            List.of("cabinet", "shelf", "counter"),
            "apple",
            List.of("fridge", "table", "counter"),
            "egg",
            List.of("fridge", "counter", "cabinet"),
            "bread",
            List.of("counter", "cabinet", "table"),
            "spoon",
            List.of("drawer", "sink", "counter"),
            KEY,
            List.of("drawer", "table", "shelf"));

    /** @param use what can be done there with a thing in the hand: wash, heat or cool */
    record Place(String name, Optional<Boolean> opens, Optional<String> use) {
        boolean hasDoor() {
            return opens.orElse(false);
        }
    }

    /** What was seen at a place: its door ({@code open}, {@code closed}, {@code locked}) and the things in sight. */
    record Seen(String at, String door, List<String> here) {}

    /**
     * A step of a plan.
     *
     * @param say what it is for
     * @param act the actions in turn
     * @param seek a kind of thing that is looked for in what is seen then; the steps behind that look for it, too, are left out
     *     when it is there
     * @param expect what has to be seen then, by its name in the observation
     */
    record Step(String say, List<String> act, Optional<String> seek, Map<String, String> expect) {}

    boolean wants(String thing) {
        return is(kind, thing);
    }

    /** Whether a thing, such as {@code cup 1}, is of a kind. */
    static boolean is(String kind, String thing) {
        return thing.equals(kind) || thing.startsWith(kind + " ");
    }

    /** The places in the order of looking for something: by what is usual, else as they are listed. */
    static List<Place> order(String kind, List<Place> places) {
        List<String> usual = USUAL.getOrDefault(kind, List.of());
        return places.stream()
                .sorted(Comparator.comparingInt(place -> {
                    int rank = usual.indexOf(place.name().split(" ")[0]);
                    return rank < 0 ? usual.size() : rank;
                }))
                .toList();
    }

    // --- steps

    /** Looks into each of the places, until the thing is found, and takes it. */
    static List<Step> search(String kind, List<Place> places, Predicate<Place> opening) {
        List<Step> steps = new ArrayList<>();
        for (Place place : places) {
            boolean opens = place.hasDoor() && opening.test(place);
            List<String> act = new ArrayList<>(List.of("go to " + place.name()));
            if (opens) {
                act.add("open " + place.name());
            }
            steps.add(new Step(
                    "look for a " + kind + " in the " + place.name(),
                    List.copyOf(act),
                    Optional.of(kind),
                    Map.of("door", "open")));
        }
        steps.add(new Step("take the " + kind, List.of("take " + FOUND), Optional.empty(), Map.of("holding", FOUND)));
        return steps;
    }

    /** Takes a thing from where it is known to be. */
    static Step fetch(String thing, Place from) {
        List<String> act = new ArrayList<>(List.of("go to " + from.name()));
        if (from.hasDoor()) {
            act.add("open " + from.name());
        }
        act.add("take " + thing);
        return new Step(
                "fetch the " + thing + " from the " + from.name(),
                List.copyOf(act),
                Optional.empty(),
                Map.of("holding", thing));
    }

    /** Unlocks a place with the key in the hand, and leaves the key there. */
    static Step unlock(String key, Place place) {
        Map<String, String> expect = new LinkedHashMap<>();
        expect.put("door", "open");
        expect.put("holding", NOTHING);
        return new Step(
                "unlock the " + place.name(),
                List.of("go to " + place.name(), "unlock " + place.name(), "open " + place.name(), "put " + key),
                Optional.empty(),
                expect);
    }

    /** Puts down what is in the hand and is not wanted. */
    static Step lay(String thing, List<Place> places) {
        Place somewhere = places.stream()
                .filter(Predicate.not(Place::hasDoor))
                .findFirst()
                .orElse(places.getFirst());
        return new Step(
                "lay the " + thing + " down",
                List.of("go to " + somewhere.name(), "put " + thing),
                Optional.empty(),
                Map.of("holding", NOTHING));
    }

    /** Makes the thing in the hand what it is to be; nothing when it may be as it is, or there is no place for that. */
    List<Step> treat(String thing, List<Place> places) {
        return condition
                .filter(Predicate.not(String::isBlank))
                .flatMap(wanted -> places.stream()
                        .filter(place -> place.use()
                                .filter(use -> use.equals(use(wanted)))
                                .isPresent())
                        .findFirst()
                        .map(place -> new Step(
                                "make the " + kind + " " + wanted,
                                List.of("go to " + place.name(), use(wanted) + " " + thing),
                                Optional.empty(),
                                Map.of("condition", wanted))))
                .stream()
                .toList();
    }

    private static String use(String condition) {
        return switch (condition) {
            case "clean" -> "wash";
            case "hot" -> "heat";
            default -> "cool";
        };
    }

    /** Puts the thing in the hand where it belongs. */
    Step deliver(String thing, List<Place> places, boolean opening) {
        List<String> act = new ArrayList<>(List.of("go to " + to));
        if (opening && places.stream().anyMatch(place -> place.name().equals(to) && place.hasDoor())) {
            act.add("open " + to);
        }
        act.add("put " + thing);
        return new Step(
                "put the " + kind + " into the " + to, List.copyOf(act), Optional.empty(), Map.of("holding", NOTHING));
    }
}
