package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A public-goods game. A state is the round and what each player gave in the round before, oneself first; -1 in the first.
 */
final class PublicGoods implements Environment {

    private static final int MOST_OTHERS = 50;
    private static final List<String> SCRIPTS = List.of("cooperator", "free-rider", "conditional");
    private static final List<String> FEATURES = List.of("payoff", "given", "others", "group");

    private final List<String> others;
    private final int endowment;
    private final double multiplier;
    private final int rounds;
    private final int noise;
    private final List<String> gifts;

    private PublicGoods(List<String> others, int endowment, double multiplier, int rounds, int noise) {
        this.others = others;
        this.endowment = endowment;
        this.multiplier = multiplier;
        this.rounds = rounds;
        this.noise = noise;
        this.gifts = IntStream.rangeClosed(0, endowment)
                .mapToObj(gift -> "give " + gift)
                .toList();
    }

    static PublicGoods of(Spec.Commons spec) throws ConnectorException {
        List<String> others = Check.present("publicGoods.others", spec.others());
        if (others.isEmpty() || others.size() > MOST_OTHERS) {
            throw Check.bad(
                    "publicGoods.others has " + others.size() + " players", "give it 1 to " + MOST_OTHERS + " of them");
        }
        for (String other : others) {
            if (!SCRIPTS.contains(other)) {
                throw Check.bad(
                        "publicGoods.others has a '" + other + "'", "use " + String.join(", ", SCRIPTS) + " only");
            }
        }
        int endowment = Check.whole("publicGoods.endowment", spec.endowment(), 10, 1, 100);
        return new PublicGoods(
                List.copyOf(others),
                endowment,
                Check.number("publicGoods.multiplier", spec.multiplier(), 1.6, 0, 1_000),
                Check.whole("publicGoods.rounds", spec.rounds(), 10, 1, 1_000),
                Check.whole("publicGoods.noise", spec.noise(), 0, 0, endowment));
    }

    @Override
    public double[] reset(SplittableRandom random) {
        double[] state = new double[others.size() + 2];
        Arrays.fill(state, -1);
        state[0] = 1;
        return state;
    }

    @Override
    public Transition step(double[] state, String action, SplittableRandom random) {
        double[] next = new double[state.length];
        next[0] = state[0] + 1;
        next[1] = Integer.parseInt(action.substring("give ".length()));
        for (int player = 2; player < next.length; player++) {
            double script = switch (others.get(player - 2)) {
                case "cooperator" -> endowment;
                case "conditional" -> state[1] < 0 ? endowment / 2.0 : meanWithout(state, player);
                default -> 0;
            };
            double gift = Math.rint(script) + random.nextInt(-noise, noise + 1);
            next[player] = Math.clamp(gift, 0, endowment);
        }
        double total = Arrays.stream(next, 1, next.length).sum();
        double shared = multiplier * total / (others.size() + 1);
        double[] features = {
            endowment - next[1] + shared,
            next[1],
            meanWithout(next, 1),
            endowment - total / (others.size() + 1) + shared
        };
        return new Transition(next, features, next[0] > rounds);
    }

    /** What all but one gave on average. */
    private static double meanWithout(double[] state, int player) {
        return (Arrays.stream(state, 1, state.length).sum() - state[player]) / (state.length - 2);
    }

    @Override
    public List<String> actions(double[] state) {
        return gifts;
    }

    @Override
    public Map<String, Object> observation(double[] state) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("round", state[0]);
        seen.put("own", state[1]);
        seen.put("mean", meanWithout(state, 1));
        seen.put("others", Arrays.stream(state, 2, state.length).boxed().toList());
        return seen;
    }

    @Override
    public String key(double[] state) {
        return (int) state[0] + ":" + Math.round(meanWithout(state, 1));
    }

    @Override
    public String text(double[] state) {
        String before = state[1] < 0
                ? "Nobody has given anything yet."
                : "In the round before you gave " + (int) state[1] + " and the others "
                        + String.join(
                                ", ",
                                Arrays.stream(state, 2, state.length)
                                        .mapToObj(gift -> String.valueOf((int) gift))
                                        .toList())
                        + ".";
        return String.format(
                Locale.ROOT,
                "Round %d of %d. Each of %d players has %d coins; what all give is multiplied by %s and shared equally. %s",
                (int) Math.min(state[0], rounds),
                rounds,
                others.size() + 1,
                endowment,
                multiplier,
                before);
    }

    /** A column for each player, oneself blue, as high as what it gave. */
    @Override
    public void draw(double[] state, Graphics2D canvas, int side) {
        int width = side / (state.length - 1);
        for (int player = 1; player < state.length; player++) {
            int height = (int) Math.round(Math.max(0, state[player]) * side / endowment);
            canvas.setColor(player == 1 ? Color.BLUE : Color.GRAY);
            canvas.fillRect((player - 1) * width, side - height, width - 1, height);
        }
    }

    @Override
    public List<String> features() {
        return FEATURES;
    }

    @Override
    public Map<String, Double> reward() {
        return Map.of("payoff", 1.0);
    }

    @Override
    public int limit() {
        return rounds;
    }

    @Override
    public boolean holds(double[] state) {
        return state.length == others.size() + 2
                && state[0] >= 1
                && state[0] <= rounds + 1
                && Arrays.stream(state, 1, state.length).allMatch(gift -> gift >= -1 && gift <= endowment);
    }
}
