package dev.hone.connectors.env;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Environments that the tests play in. */
final class Specs {

    static final Spec CORRIDOR = grid("S.G");

    /** The item that is sought is one of four, which two questions tell apart. */
    static final Spec ANIMALS = questions(
            2,
            item("cat", "legs", "4", "home", "house"),
            item("bird", "legs", "2", "home", "house"),
            item("cow", "legs", "4", "home", "farm"),
            item("hen", "legs", "2", "home", "farm"));

    private Specs() {}

    static Spec grid(String map) {
        return grid(map, 0, 1_000);
    }

    static Spec grid(String map, double slip, int limit) {
        return new Spec(
                Optional.of(new Spec.Maze(map, Optional.of(slip), Optional.of(limit))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Spec cartPole(double spread, int limit) {
        return new Spec(
                Optional.empty(),
                Optional.of(new Spec.Pole(Optional.of(spread), Optional.of(limit))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A pie of ten, worth half of itself after each round; the other wants 0.7, 0.5 and then 0.3 of it. */
    static Spec bargaining(int rounds) {
        return new Spec(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Spec.Bargain(
                        Optional.of(10),
                        Optional.of(rounds),
                        Optional.of(0.5),
                        Optional.of(0.7),
                        Optional.of(0.2),
                        Optional.of(0.3),
                        Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Spec publicGoods(double multiplier, int rounds, String... others) {
        return new Spec(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Spec.Commons(
                        List.of(others),
                        Optional.of(10),
                        Optional.of(multiplier),
                        Optional.of(rounds),
                        Optional.empty())),
                Optional.empty(),
                Optional.empty());
    }

    static Spec questions(int most, Spec.Item... items) {
        return new Spec(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Spec.Table(List.of(items), Optional.of(most))),
                Optional.empty());
    }

    static Spec.Item item(String name, String... attributes) {
        Map<String, String> own = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            own.put(attributes[i], attributes[i + 1]);
        }
        return new Spec.Item(name, own);
    }

    /** A small house; the cup is in the cabinet, whose door is locked as likely as said, and the key in the drawer. */
    static Spec household(double locked) {
        return household(
                "S...\n.#..\na#dc",
                List.of(
                        place("a", "cabinet 1", true, locked, Optional.empty()),
                        place("c", "drawer 1", true, 0, Optional.empty()),
                        place("d", "sink 1", false, 0, Optional.of("wash"))),
                List.of(thing("cup 1", "cup", "cabinet 1"), thing("key 1", "key", "drawer 1")),
                new Spec.Job("cup", Optional.of("clean"), "sink 1"));
    }

    static Spec household(String map, List<Spec.Furniture> places, List<Spec.Thing> things, Spec.Job job) {
        return new Spec(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Spec.Home(map, places, things, job, Optional.of(50))));
    }

    static Spec.Furniture place(String mark, String name, boolean opens, double locked, Optional<String> use) {
        return new Spec.Furniture(mark, name, Optional.of(opens), Optional.of(locked), use);
    }

    static Spec.Thing thing(String name, String kind, String... usual) {
        return new Spec.Thing(name, kind, Optional.of(List.of(usual)), Optional.of(0.0));
    }

    /** What happens in a grid without hazards and bumps, on the way to the goal. */
    static Map<String, Double> features(double steps, double goal, double closer, double near) {
        Map<String, Double> features = new LinkedHashMap<>();
        features.put("step", steps);
        features.put("goal", goal);
        features.put("hazard", 0.0);
        features.put("bump", 0.0);
        features.put("closer", closer);
        features.put("farther", 0.0);
        features.put("near", near);
        return features;
    }

    static Policy fixed(String... actions) {
        return new Policy(
                Optional.empty(), Optional.empty(), Optional.of(List.of(actions)), Optional.empty(), Optional.empty());
    }

    static Policy table(Map<String, Map<String, Double>> table) {
        return new Policy(Optional.of(table), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Policy linear(Map<String, Map<String, Double>> linear) {
        return new Policy(Optional.empty(), Optional.of(linear), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Policy random() {
        return new Policy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty());
    }
}
