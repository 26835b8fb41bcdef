package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.House.Place;
import dev.hone.connectors.env.House.Thing;
import dev.hone.connectors.env.House.Use;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A house with a job to do in it. A state is the place where one stands (-1 at the start), the thing in the hand (-1 for none) and
 * whether the last action was in vain; then the door of each place; then the place of each thing (-1 in the hand); then what each
 * thing was made, as a {@link Use}.
 */
final class Household implements Environment {

    private static final int HERE = 0;
    private static final int HAND = 1;
    private static final int VAIN = 2;
    private static final int DOORS = 3;

    private static final int CLOSED = 0;
    private static final int OPEN = 1;
    private static final int LOCKED = 2;
    /** It was tried, so that one knows. */
    private static final int FOUND_LOCKED = 3;

    private static final String NOTHING = "nothing";
    private static final List<String> FEATURES = List.of("action", "way", "vain", "done");

    private final House house;
    private final int placesFrom;
    private final int conditionsFrom;

    private Household(House house) {
        this.house = house;
        this.placesFrom = DOORS + house.places().size();
        this.conditionsFrom = placesFrom + house.things().size();
    }

    static Household of(Spec.Home spec) throws ConnectorException {
        return new Household(House.of(spec));
    }

    // --- where things are

    private boolean open(double[] state, int place) {
        return state[DOORS + place] == OPEN;
    }

    /** Whether one stands at a place whose inside one sees. */
    private boolean reaches(double[] state) {
        return state[HERE] >= 0 && open(state, (int) state[HERE]);
    }

    private List<Thing> inSight(double[] state) {
        return reaches(state)
                ? IntStream.range(0, house.things().size())
                        .filter(thing -> state[placesFrom + thing] == state[HERE])
                        .mapToObj(house.things()::get)
                        .toList()
                : List.of();
    }

    private Use made(double[] state, int thing) {
        return Use.values()[(int) state[conditionsFrom + thing]];
    }

    private boolean done(double[] state) {
        return IntStream.range(0, house.things().size())
                .anyMatch(thing ->
                        house.things().get(thing).kind().equals(house.job().kind())
                                && state[placesFrom + thing] == house.job().to()
                                && (house.job().condition().isEmpty()
                                        || made(state, thing) == house.job().use()));
    }

    // --- an episode

    /** Doors are locked first, then each thing is put where it usually is or, by surprise, anywhere; no key behind a door that locks. */
    @Override
    public double[] reset(SplittableRandom random) {
        double[] state = new double[conditionsFrom + house.things().size()];
        state[HERE] = -1;
        state[HAND] = -1;
        for (int place = 0; place < house.places().size(); place++) {
            Place one = house.places().get(place);
            boolean locked = random.nextDouble() < one.locked();
            state[DOORS + place] = locked ? LOCKED : one.opens() ? CLOSED : OPEN;
        }
        for (int thing = 0; thing < house.things().size(); thing++) {
            Thing one = house.things().get(thing);
            List<Integer> usual =
                    one.usual().stream().filter(place -> house.fits(one, place)).toList();
            List<Integer> anywhere = IntStream.range(0, house.places().size())
                    .filter(place -> house.fits(one, place))
                    .boxed()
                    .toList();
            boolean surprise = random.nextDouble() < one.surprise();
            List<Integer> where = surprise || usual.isEmpty() ? anywhere : usual;
            state[placesFrom + thing] = where.get(random.nextInt(where.size()));
        }
        return state;
    }

    @Override
    public Transition step(double[] state, String action, SplittableRandom random) {
        double[] next = state.clone();
        next[VAIN] = 0;
        int here = (int) state[HERE];
        int hand = (int) state[HAND];
        int way = 0;
        switch (action.substring(0, action.indexOf(' '))) {
            case "go" -> {
                int to = place(action.substring("go to ".length()));
                way = house.ways()[here < 0 ? house.places().size() : here][to];
                next[HERE] = to;
            }
            case "open" -> {
                next[DOORS + here] = state[DOORS + here] >= LOCKED ? FOUND_LOCKED : OPEN;
                next[VAIN] = state[DOORS + here] == CLOSED ? 0 : 1;
            }
            case "close", "unlock" -> next[DOORS + here] = CLOSED;
            case "take" -> {
                next[HAND] = thing(action.substring("take ".length()));
                next[placesFrom + (int) next[HAND]] = -1;
            }
            case "put" -> {
                next[placesFrom + hand] = here;
                next[HAND] = -1;
            }
            default ->
                next[conditionsFrom + hand] = house.places().get(here).use().ordinal();
        }
        boolean done = done(next);
        return new Transition(next, new double[] {1, way, next[VAIN], done ? 1 : 0}, done);
    }

    private int place(String name) {
        return house.places().stream().map(Place::name).toList().indexOf(name);
    }

    private int thing(String name) {
        return house.things().stream().map(Thing::name).toList().indexOf(name);
    }

    @Override
    public List<String> actions(double[] state) {
        List<String> actions = new ArrayList<>();
        int here = (int) state[HERE];
        house.places().forEach(place -> actions.add("go to " + place.name()));
        if (here < 0) {
            return actions;
        }
        Place place = house.places().get(here);
        int hand = (int) state[HAND];
        if (place.opens()) {
            actions.add("open " + place.name());
            if (open(state, here)) {
                actions.add("close " + place.name());
            }
        }
        if (state[DOORS + here] >= LOCKED
                && hand >= 0
                && house.things().get(hand).key()) {
            actions.add("unlock " + place.name());
        }
        if (hand < 0) {
            inSight(state).forEach(thing -> actions.add("take " + thing.name()));
        } else {
            String held = house.things().get(hand).name();
            if (open(state, here)) {
                actions.add("put " + held);
            }
            if (place.use() != Use.NOTHING) {
                actions.add(place.use().word() + " " + held);
            }
        }
        return actions;
    }

    // --- what one sees

    private String here(double[] state) {
        return state[HERE] < 0
                ? "the start"
                : house.places().get((int) state[HERE]).name();
    }

    private String held(double[] state) {
        return state[HAND] < 0 ? NOTHING : house.things().get((int) state[HAND]).name();
    }

    private String condition(double[] state) {
        return state[HAND] < 0 ? "" : made(state, (int) state[HAND]).makes();
    }

    private String door(double[] state) {
        return state[HERE] < 0
                ? ""
                : switch ((int) state[DOORS + (int) state[HERE]]) {
                    case OPEN -> "open";
                    case FOUND_LOCKED -> "locked";
                    default -> "closed";
                };
    }

    @Override
    public Map<String, Object> observation(double[] state) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("at", here(state));
        seen.put("door", door(state));
        seen.put("here", inSight(state).stream().map(Thing::name).toList());
        seen.put("holding", held(state));
        seen.put("condition", condition(state));
        return seen;
    }

    @Override
    public String key(double[] state) {
        return String.join(
                "|",
                here(state),
                door(state),
                String.join(",", inSight(state).stream().map(Thing::name).toList()),
                held(state),
                condition(state));
    }

    @Override
    public String text(double[] state) {
        StringBuilder text = new StringBuilder("You are at " + here(state));
        if (state[HERE] >= 0) {
            text.append(", which is ").append(door(state)).append('.');
            if (reaches(state)) {
                text.append(" There you see ").append(listed(inSight(state))).append('.');
            }
        } else {
            text.append('.');
        }
        text.append(" You hold ").append(held(state));
        String condition = condition(state);
        return text.append(condition.isEmpty() ? "" : ", which is " + condition)
                .append('.')
                .toString();
    }

    private static String listed(List<Thing> things) {
        return things.isEmpty()
                ? NOTHING
                : String.join(", ", things.stream().map(Thing::name).toList());
    }

    /** Walls dark, floor light; places orange while their door is closed, else yellow, with a dot for each thing in sight; one is blue. */
    @Override
    public void draw(double[] state, Graphics2D canvas, int side) {
        int size = side / Math.max(house.map().size(), house.map().getFirst().length());
        for (int row = 0; row < house.map().size(); row++) {
            for (int column = 0; column < house.map().getFirst().length(); column++) {
                canvas.setColor(house.map().get(row).charAt(column) == '#' ? Color.DARK_GRAY : Color.LIGHT_GRAY);
                canvas.fillRect(column * size, row * size, size, size);
            }
        }
        for (int place = 0; place < house.places().size(); place++) {
            int[] cell = house.cells()[place];
            canvas.setColor(open(state, place) ? Color.YELLOW : Color.ORANGE);
            canvas.fillRect(cell[1] * size, cell[0] * size, size, size);
        }
        int[] at = house.cells()[state[HERE] < 0 ? house.places().size() : (int) state[HERE]];
        int dot = Math.max(1, size / 6);
        canvas.setColor(Color.BLACK);
        for (int i = 0; i < inSight(state).size(); i++) {
            canvas.fillRect(
                    at[1] * size + i % 5 * dot, at[0] * size + i / 5 * dot, Math.max(1, dot - 1), Math.max(1, dot - 1));
        }
        canvas.setColor(Color.BLUE);
        canvas.fillOval(at[1] * size + size / 2, at[0] * size + size / 2, Math.max(1, size / 2), Math.max(1, size / 2));
        if (state[HAND] >= 0) {
            canvas.setColor(Color.MAGENTA);
            canvas.fillRect(at[1] * size + size * 2 / 3, at[0] * size + size * 2 / 3, dot, dot);
        }
    }

    @Override
    public List<String> features() {
        return FEATURES;
    }

    @Override
    public Map<String, Double> reward() {
        return Map.of("done", 1.0, "action", -0.01);
    }

    @Override
    public int limit() {
        return house.limit();
    }

    @Override
    public boolean holds(double[] state) {
        int places = house.places().size();
        int things = house.things().size();
        return state.length == conditionsFrom + things
                && Arrays.stream(state).allMatch(value -> value == Math.rint(value))
                && within(state, HERE, HAND, -1, places - 1)
                && within(state, HAND, VAIN, -1, things - 1)
                && within(state, VAIN, DOORS, 0, 1)
                && within(state, DOORS, placesFrom, CLOSED, FOUND_LOCKED)
                && IntStream.range(0, places)
                        .allMatch(place -> house.places().get(place).opens() || open(state, place))
                && IntStream.range(0, things)
                        .allMatch(thing -> (state[placesFrom + thing] == -1) == (state[HAND] == thing))
                && within(state, placesFrom, conditionsFrom, -1, places - 1)
                && within(state, conditionsFrom, state.length, 0, Use.values().length - 1.0);
    }

    private static boolean within(double[] state, int from, int to, double least, double most) {
        return Arrays.stream(state, from, to).allMatch(value -> value >= least && value <= most);
    }
}
