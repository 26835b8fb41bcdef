package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Twenty questions about a table of items. A state is the number of the item that is sought, of the one guessed (-1 before
 * the guess), and of the questions asked, each a pair {@code attribute=value}.
 */
final class Questions implements Environment {

    private static final int MOST_ITEMS = 500;
    private static final int MOST_PAIRS = 500;
    private static final int LONGEST = 100;
    private static final List<String> FEATURES = List.of("question", "right", "wrong", "bits");

    private final List<String> names;
    private final List<String> pairs;
    /** By item, which pairs hold. */
    private final boolean[][] holds;

    private final int most;

    private Questions(List<String> names, List<String> pairs, boolean[][] holds, int most) {
        this.names = names;
        this.pairs = pairs;
        this.holds = holds;
        this.most = most;
    }

    static Questions of(Spec.Table spec) throws ConnectorException {
        List<Spec.Item> items = Check.present("questions.items", spec.items());
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            throw Check.bad("questions.items has " + items.size() + " items", "give it 1 to " + MOST_ITEMS);
        }
        Set<String> names = new LinkedHashSet<>();
        Set<String> pairs = new LinkedHashSet<>();
        List<Set<String>> facts = new ArrayList<>();
        for (Spec.Item item : items) {
            String name = text("questions.items.name", item.name());
            if (!names.add(name)) {
                throw Check.bad("questions.items has two named '" + name + "'", "give each item a name of its own");
            }
            Set<String> own = new LinkedHashSet<>();
            for (Map.Entry<String, String> fact : Check.present(
                            "attributes of the item '" + name + "'", item.attributes())
                    .entrySet()) {
                own.add(text("attribute of '" + name + "'", fact.getKey()) + "="
                        + text(fact.getKey() + " of '" + name + "'", fact.getValue()));
            }
            facts.add(own);
            pairs.addAll(own);
        }
        if (pairs.size() > MOST_PAIRS) {
            throw Check.bad(
                    "questions.items has " + pairs.size() + " pairs of an attribute and a value",
                    "leave at most " + MOST_PAIRS);
        }
        List<String> order = List.copyOf(pairs);
        boolean[][] holds = new boolean[items.size()][order.size()];
        for (int item = 0; item < holds.length; item++) {
            for (int pair = 0; pair < order.size(); pair++) {
                holds[item][pair] = facts.get(item).contains(order.get(pair));
            }
        }
        return new Questions(
                List.copyOf(names), order, holds, Check.whole("questions.most", spec.most(), 20, 0, MOST_PAIRS));
    }

    private static String text(String name, String value) throws ConnectorException {
        Check.present(name, value);
        if (value.isBlank() || value.length() > LONGEST) {
            throw Check.bad(
                    name + " has " + value.length() + " characters",
                    "write 1 to " + LONGEST + " of them, not all blank");
        }
        return value;
    }

    /** Which pairs were asked about, in order. */
    private static int[] asked(double[] state) {
        return Arrays.stream(state, 2, state.length)
                .mapToInt(pair -> (int) pair)
                .toArray();
    }

    private boolean answer(double[] state, int pair) {
        return holds[(int) state[0]][pair];
    }

    /** The items that fit all answers. */
    private List<Integer> left(double[] state) {
        int[] asked = asked(state);
        return IntStream.range(0, names.size())
                .filter(item -> Arrays.stream(asked).allMatch(pair -> holds[item][pair] == answer(state, pair)))
                .boxed()
                .toList();
    }

    @Override
    public double[] reset(SplittableRandom random) {
        return new double[] {random.nextInt(names.size()), -1};
    }

    @Override
    public Transition step(double[] state, String action, SplittableRandom random) {
        if (action.startsWith("guess ")) {
            double[] next = state.clone();
            next[1] = names.indexOf(action.substring("guess ".length()));
            boolean right = next[0] == next[1];
            return new Transition(next, new double[] {0, right ? 1 : 0, right ? 0 : 1, 0}, true);
        }
        double[] next = Arrays.copyOf(state, state.length + 1);
        next[state.length] = pairs.indexOf(action.substring("ask ".length()));
        double bits = StrictMath.log((double) left(state).size() / left(next).size()) / StrictMath.log(2);
        return new Transition(next, new double[] {1, 0, 0, bits}, false);
    }

    /** To ask what was not asked yet, and to guess what is still possible. */
    @Override
    public List<String> actions(double[] state) {
        List<String> actions = new ArrayList<>();
        if (state.length - 2 < most) {
            boolean[] known = new boolean[pairs.size()];
            for (int pair : asked(state)) {
                known[pair] = true;
            }
            for (int pair = 0; pair < known.length; pair++) {
                if (!known[pair]) {
                    actions.add("ask " + pairs.get(pair));
                }
            }
        }
        left(state).forEach(item -> actions.add("guess " + names.get(item)));
        return actions;
    }

    @Override
    public Map<String, Object> observation(double[] state) {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (int pair : asked(state)) {
            answers.put(pairs.get(pair), answer(state, pair));
        }
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("asked", (double) answers.size());
        seen.put("left", (double) left(state).size());
        seen.put("answers", answers);
        return seen;
    }

    /** The answers, in whatever order they were asked for. */
    @Override
    public String key(double[] state) {
        Set<String> answers = new TreeSet<>();
        for (int pair : asked(state)) {
            answers.add(pairs.get(pair) + (answer(state, pair) ? "+" : "-"));
        }
        return String.join(";", answers);
    }

    @Override
    public String text(double[] state) {
        StringBuilder text = new StringBuilder(
                "One of " + names.size() + " items is sought; " + left(state).size() + " fit all answers.");
        for (int pair : asked(state)) {
            text.append('\n').append(pairs.get(pair)).append("? ").append(answer(state, pair) ? "yes" : "no");
        }
        if (state[1] >= 0) {
            text.append('\n')
                    .append(names.get((int) state[1]))
                    .append(
                            state[0] == state[1]
                                    ? " is right."
                                    : " is wrong; it is " + names.get((int) state[0]) + ".");
        }
        return text.toString();
    }

    /** A field for each item in the order of the table: blue while it is possible, else grey; a guess is green or red. */
    @Override
    public void draw(double[] state, Graphics2D canvas, int side) {
        int width = (int) Math.ceil(Math.sqrt(names.size()));
        int size = side / width;
        List<Integer> left = left(state);
        for (int item = 0; item < names.size(); item++) {
            canvas.setColor(
                    item == (int) state[1]
                            ? state[0] == state[1] ? Color.GREEN : Color.RED
                            : left.contains(item) ? Color.BLUE : Color.LIGHT_GRAY);
            canvas.fillRect(item % width * size, item / width * size, size - 1, size - 1);
        }
    }

    @Override
    public List<String> features() {
        return FEATURES;
    }

    @Override
    public Map<String, Double> reward() {
        return Map.of("right", 1.0, "wrong", -1.0, "question", -0.05);
    }

    @Override
    public int limit() {
        return most + 1;
    }

    @Override
    public boolean holds(double[] state) {
        return state.length >= 2
                && state.length <= most + 2
                && state[0] >= 0
                && state[0] < names.size()
                && state[1] >= -1
                && state[1] < names.size()
                && Arrays.stream(state, 2, state.length).allMatch(pair -> pair >= 0 && pair < pairs.size());
    }
}
