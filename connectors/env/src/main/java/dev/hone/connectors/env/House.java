package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What does not change in a household: its map, its places, its things and the job.
 *
 * @param map its lines, all equally long
 * @param places in the order of the spec
 * @param cells of each place on the map: row, column
 * @param ways how many steps it is from each place to each other; the last row and column are of the start
 */
record House(
        List<String> map, List<Place> places, List<Thing> things, Job job, int[][] cells, int[][] ways, int limit) {

    private static final int MOST = 60;
    private static final int LONGEST = 100;
    private static final String KEY = "key";
    private static final int[][] BY = {{-1, 0}, {0, 1}, {1, 0}, {0, -1}};

    /** What can be done with a thing at a place, or that nothing can. */
    enum Use {
        NOTHING(""),
        WASH("clean"),
        HEAT("hot"),
        COOL("cool");

        private final String makes;

        Use(String makes) {
            this.makes = makes;
        }

        /** What a thing is then; empty for a thing as it was found. */
        String makes() {
            return makes;
        }

        /** As an action is written. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param locked how likely its door is locked at first; it has none when {@code opens} is false */
    record Place(String name, boolean opens, double locked, Use use) {}

    /** @param usual the numbers of the places where it usually is */
    record Thing(String name, String kind, List<Integer> usual, double surprise) {
        boolean key() {
            return kind.equals(KEY);
        }
    }

    /** @param condition that the thing is to be in, empty when in any */
    record Job(String kind, String condition, int to) {
        Use use() {
            return Arrays.stream(Use.values())
                    .filter(use -> use.makes().equals(condition))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Whether a thing may be in a place at first: no key behind a door that locks, and the job is not done already. */
    boolean fits(Thing thing, int place) {
        return thing.key() ? places.get(place).locked() == 0 : !thing.kind().equals(job.kind()) || place != job.to();
    }

    static House of(Spec.Home spec) throws ConnectorException {
        List<String> map = Grid.lines("household.map", spec.map());
        List<Spec.Furniture> furniture = counted("household.places", Check.present("household.places", spec.places()));
        List<Place> places = new ArrayList<>();
        int[][] cells = new int[furniture.size() + 1][];
        Set<String> names = new HashSet<>();
        for (int i = 0; i < furniture.size(); i++) {
            Spec.Furniture one = furniture.get(i);
            String name = named("household.places.name", one.name(), names);
            boolean opens = one.opens().orElse(false);
            double locked = Check.number("household.places.locked", one.locked(), 0, 0, 1);
            if (locked > 0 && !opens) {
                throw Check.bad("the place '" + name + "' can be locked and has no door", "write opens: true");
            }
            places.add(new Place(name, opens, locked, use(name, one.use())));
            cells[i] = cell(map, one.mark(), "the place '" + name + "'");
        }
        cells[furniture.size()] = cell(map, "S", "the start");
        for (String line : map) {
            for (char mark : line.toCharArray()) {
                if ("#.S".indexOf(mark) < 0
                        && furniture.stream().noneMatch(one -> one.mark().equals(String.valueOf(mark)))) {
                    throw Check.bad(
                            "household.map has '" + mark + "'",
                            "use # for a wall, . for floor, S for the start, and the marks of the places");
                }
            }
        }
        List<Thing> things = things(spec, places);
        if (places.stream().anyMatch(place -> place.locked() > 0)
                && things.stream().noneMatch(Thing::key)) {
            throw Check.bad("a place can be locked and there is no key", "add a thing of the kind " + KEY);
        }
        House house = new House(
                map,
                List.copyOf(places),
                things,
                job(spec, places, things),
                cells,
                ways(map, cells, places),
                Check.whole("household.limit", spec.limit(), 100, 1, World.MOST_STEPS));
        for (Thing thing : things) {
            if (IntStream.range(0, places.size()).noneMatch(place -> house.fits(thing, place))) {
                throw Check.bad(
                        "the thing '" + thing.name() + "' can be nowhere",
                        "add a place where the job does not want it and that does not lock");
            }
        }
        return house;
    }

    private static List<Thing> things(Spec.Home spec, List<Place> places) throws ConnectorException {
        List<Thing> things = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Spec.Thing one : counted("household.things", Check.present("household.things", spec.things()))) {
            String name = named("household.things.name", one.name(), names);
            List<Integer> usual = new ArrayList<>();
            for (String place : one.usual().orElse(List.of())) {
                usual.add(numberOf(place, places, "the thing '" + name + "'"));
            }
            things.add(new Thing(
                    name,
                    Check.present("the kind of '" + name + "'", one.kind()),
                    List.copyOf(usual),
                    usual.isEmpty() ? 1 : Check.number("household.things.surprise", one.surprise(), 0, 0, 1)));
        }
        return List.copyOf(things);
    }

    private static Job job(Spec.Home spec, List<Place> places, List<Thing> things) throws ConnectorException {
        Spec.Job job = Check.present("household.job", spec.job());
        String kind = Check.present("household.job.kind", job.kind());
        if (things.stream().noneMatch(thing -> thing.kind().equals(kind))) {
            throw Check.bad("the job is about a " + kind + " and there is none", "add a thing of that kind");
        }
        String condition = job.condition().orElse("");
        Use use = Arrays.stream(Use.values())
                .filter(one -> one.makes().equals(condition))
                .findFirst()
                .orElseThrow(() -> Check.bad(
                        "the job wants a " + kind + " that is '" + condition + "'", "use clean, hot or cool, or none"));
        if (places.stream().noneMatch(place -> use == Use.NOTHING || place.use() == use)) {
            throw Check.bad(
                    "the job wants a " + condition + " " + kind + " and there is no place for that",
                    "add a place with use: " + use.word());
        }
        return new Job(kind, condition, numberOf(Check.present("household.job.to", job.to()), places, "the job"));
    }

    private static <T> List<T> counted(String name, List<T> list) throws ConnectorException {
        if (list.isEmpty() || list.size() > MOST || list.stream().anyMatch(Objects::isNull)) {
            throw Check.bad(name + " has " + list.size() + " entries", "give 1 to " + MOST);
        }
        return list;
    }

    private static String named(String what, String name, Set<String> others) throws ConnectorException {
        Check.present(what, name);
        if (name.isBlank() || name.length() > LONGEST || !others.add(name)) {
            throw Check.bad(
                    what + " '" + name.substring(0, Math.min(LONGEST, name.length()))
                            + "' is blank, too long or there twice",
                    "give each a name of its own of at most " + LONGEST + " characters");
        }
        return name;
    }

    private static Use use(String place, Optional<String> word) throws ConnectorException {
        return Arrays.stream(Use.values())
                .filter(use -> use.word().equals(word.orElse("nothing")))
                .findFirst()
                .orElseThrow(() -> Check.bad(
                        "the place '" + place + "' has the use '" + word.orElse("") + "'", "use wash, heat or cool"));
    }

    private static int numberOf(String place, List<Place> places, String whose) throws ConnectorException {
        return IntStream.range(0, places.size())
                .filter(i -> places.get(i).name().equals(place))
                .findFirst()
                .orElseThrow(() -> Check.bad(
                        whose + " names the place '" + place + "', which is none", "use a name of household.places"));
    }

    private static int[] cell(List<String> map, String mark, String whose) throws ConnectorException {
        Check.present("the mark of " + whose, mark);
        int[] found = null;
        for (int row = 0; row < map.size(); row++) {
            for (int column = 0; column < map.get(row).length(); column++) {
                if (mark.equals(String.valueOf(map.get(row).charAt(column)))) {
                    if (found != null) {
                        throw Check.bad("the map has the mark '" + mark + "' twice", "give " + whose + " one cell");
                    }
                    found = new int[] {row, column};
                }
            }
        }
        if (found == null || mark.equals("#") || mark.equals(".")) {
            throw Check.bad("the map has no mark '" + mark + "' for " + whose, "put a letter into the map");
        }
        return found;
    }

    /** By floor alone: places stand against the way, and one stops in front of them. */
    private static int[][] ways(List<String> map, int[][] cells, List<Place> places) throws ConnectorException {
        int[][] ways = new int[cells.length][cells.length];
        for (int from = 0; from < cells.length; from++) {
            int[][] steps = steps(map, cells[from]);
            for (int to = 0; to < cells.length; to++) {
                ways[from][to] = steps[cells[to][0]][cells[to][1]];
                if (ways[from][to] < 0) {
                    throw Check.bad(
                            "no way on the map leads to "
                                    + (to < places.size()
                                            ? "the place '" + places.get(to).name() + "'"
                                            : "the start"),
                            "connect it with floor");
                }
            }
        }
        return ways;
    }

    private static int[][] steps(List<String> map, int[] from) {
        int[][] steps = new int[map.size()][map.getFirst().length()];
        for (int[] row : steps) {
            Arrays.fill(row, -1);
        }
        Deque<int[]> next = new ArrayDeque<>(List.of(from));
        steps[from[0]][from[1]] = 0;
        while (!next.isEmpty()) {
            int[] at = next.remove();
            boolean through = at == from || ".S".indexOf(map.get(at[0]).charAt(at[1])) >= 0;
            for (int[] by : BY) {
                int row = at[0] + by[0];
                int column = at[1] + by[1];
                boolean inside = row >= 0 && row < steps.length && column >= 0 && column < steps[0].length;
                if (through && inside && steps[row][column] < 0 && map.get(row).charAt(column) != '#') {
                    steps[row][column] = steps[at[0]][at[1]] + 1;
                    next.add(new int[] {row, column});
                }
            }
        }
        return steps;
    }
}
