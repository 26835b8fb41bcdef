package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Bargaining by alternating offers. A state is the round, the parts that the other offers (-1 when it is one's own turn to
 * offer), the other's first demand, and the parts that one has got (-1 before an agreement).
 */
final class Bargaining implements Environment {

    private static final List<String> ANSWERS = List.of("accept", "reject");
    private static final List<String> FEATURES = List.of("round", "agreement", "share", "other");
    /** So that a demand of 0.3 of 10 parts is 3 parts, whatever binary fractions make of it. */
    private static final double ROUNDING = 1e-9;

    private final int pie;
    private final int rounds;
    private final double discount;
    private final double demand;
    private final double concession;
    private final double least;
    private final double spread;
    private final List<String> offers;

    private Bargaining(
            int pie, int rounds, double discount, double demand, double concession, double least, double spread) {
        this.pie = pie;
        this.rounds = rounds;
        this.discount = discount;
        this.demand = demand;
        this.concession = concession;
        this.least = least;
        this.spread = spread;
        this.offers = IntStream.rangeClosed(0, pie)
                .mapToObj(parts -> "offer " + parts)
                .toList();
    }

    static Bargaining of(Spec.Bargain spec) throws ConnectorException {
        return new Bargaining(
                Check.whole("bargaining.pie", spec.pie(), 10, 1, 100),
                Check.whole("bargaining.rounds", spec.rounds(), 10, 1, 1_000),
                Check.number("bargaining.discount", spec.discount(), 0.9, 0, 1),
                Check.number("bargaining.demand", spec.demand(), 0.7, 0, 1),
                Check.number("bargaining.concession", spec.concession(), 0.1, 0, 1),
                Check.number("bargaining.least", spec.least(), 0.3, 0, 1),
                Check.number("bargaining.spread", spec.spread(), 0, 0, 1));
    }

    /** The fewest parts that the other takes in this round. */
    private int wanted(double firstDemand, int round) {
        double fraction = Math.max(least, firstDemand - concession * (round - 1));
        return (int) Math.ceil(Math.min(1, fraction) * pie - ROUNDING);
    }

    @Override
    public double[] reset(SplittableRandom random) {
        return new double[] {1, -1, Math.clamp(demand + spread * (2 * random.nextDouble() - 1), 0, 1), -1};
    }

    @Override
    public Transition step(double[] state, String action, SplittableRandom random) {
        int round = (int) state[0];
        if (action.equals("accept")) {
            return agreed(state, (int) state[1]);
        }
        if (action.equals("reject")) {
            return next(new double[] {round + 1.0, -1, state[2], -1});
        }
        int offered = Integer.parseInt(action.substring("offer ".length()));
        if (offered >= wanted(state[2], round)) {
            return agreed(state, pie - offered);
        }
        return next(new double[] {round + 1.0, pie - wanted(state[2], round + 1), state[2], -1});
    }

    private Transition agreed(double[] state, int own) {
        double worth = StrictMath.pow(discount, state[0] - 1);
        return new Transition(
                new double[] {state[0], state[1], state[2], own},
                new double[] {1, 1, own * worth / pie, (pie - own) * worth / pie},
                true);
    }

    private Transition next(double[] state) {
        return new Transition(state, new double[] {1, 0, 0, 0}, state[0] > rounds);
    }

    @Override
    public List<String> actions(double[] state) {
        return state[1] < 0 ? offers : ANSWERS;
    }

    @Override
    public Map<String, Object> observation(double[] state) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("round", state[0]);
        seen.put("offered", state[1]);
        seen.put("agreed", state[3] >= 0);
        seen.put("own", state[3]);
        return seen;
    }

    @Override
    public String key(double[] state) {
        return (int) state[0] + ":" + (int) state[1];
    }

    @Override
    public String text(double[] state) {
        if (state[3] >= 0) {
            return "You agreed in round " + (int) state[0] + ": " + (int) state[3] + " parts for you, "
                    + (pie - (int) state[3]) + " for the other.";
        }
        if (state[0] > rounds) {
            return "The last round passed without an agreement: nobody gets anything.";
        }
        return String.format(
                Locale.ROOT,
                "Round %d of %d. The pie has %d parts and is worth %.3f of what it was in the first round. %s",
                (int) state[0],
                rounds,
                pie,
                StrictMath.pow(discount, state[0] - 1),
                state[1] < 0
                        ? "It is your turn to offer the other some of them."
                        : "The other offers you " + (int) state[1] + " of them.");
    }

    /** The parts side by side: one's own blue, the other's red, grey while there is neither an offer nor an agreement. */
    @Override
    public void draw(double[] state, Graphics2D canvas, int side) {
        double own = state[3] >= 0 ? state[3] : state[1];
        for (int part = 0; part < pie; part++) {
            canvas.setColor(own < 0 ? Color.LIGHT_GRAY : part < own ? Color.BLUE : Color.RED);
            int from = part * side / pie;
            canvas.fillRect(from, side / 3, Math.max(1, (part + 1) * side / pie - from - 1), side / 3);
        }
    }

    @Override
    public List<String> features() {
        return FEATURES;
    }

    @Override
    public Map<String, Double> reward() {
        return Map.of("share", 1.0);
    }

    @Override
    public int limit() {
        return rounds;
    }

    @Override
    public boolean holds(double[] state) {
        return state.length == 4
                && state[0] >= 1
                && state[0] <= rounds + 1
                && state[1] >= -1
                && state[1] <= pie
                && state[2] >= 0
                && state[2] <= 1
                && state[3] >= -1
                && state[3] <= pie;
    }
}
