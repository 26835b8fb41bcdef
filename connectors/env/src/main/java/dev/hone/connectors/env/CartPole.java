package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The cart with a pole of Barto, Sutton and Anderson (1983), "Neuronlike adaptive elements that can solve difficult learning
 * control problems", with the equations, constants and boxes of their appendix. A state is the cart's position in m and
 * velocity in m/s, and the pole's angle from the vertical in rad and angular velocity in rad/s.
 */
final class CartPole implements Environment {

    private static final double GRAVITY = 9.8;
    private static final double CART = 1.0;
    private static final double POLE = 0.1;
    private static final double HALF_LENGTH = 0.5;
    private static final double CART_FRICTION = 0.0005;
    private static final double POLE_FRICTION = 0.000002;
    private static final double FORCE = 10;
    private static final double STEP = 0.02;

    private static final double EDGE = 2.4;
    private static final double FALLEN = Math.toRadians(12);

    private static final List<String> PUSHES = List.of("left", "right");
    private static final List<String> FEATURES = List.of("upright", "failure", "offCentre", "tilt");

    private final double spread;
    private final int limit;

    private CartPole(double spread, int limit) {
        this.spread = spread;
        this.limit = limit;
    }

    static CartPole of(Spec.Pole spec) throws ConnectorException {
        return new CartPole(
                Check.number("cartPole.spread", spec.spread(), 0.05, 0, 0.2),
                Check.whole("cartPole.limit", spec.limit(), 500, 1, World.MOST_STEPS));
    }

    @Override
    public double[] reset(SplittableRandom random) {
        return random.doubles(4).map(x -> spread * (2 * x - 1)).toArray();
    }

    @Override
    public Transition step(double[] state, String action, SplittableRandom random) {
        double force = action.equals("right") ? FORCE : -FORCE;
        double velocity = state[1];
        double sine = StrictMath.sin(state[2]);
        double cosine = StrictMath.cos(state[2]);
        double turn = state[3];
        double mass = CART + POLE;
        double moment = POLE * HALF_LENGTH;
        double drag = CART_FRICTION * Math.signum(velocity);

        double turning = (GRAVITY * sine
                        + cosine * (-force - moment * turn * turn * sine + drag) / mass
                        - POLE_FRICTION * turn / moment)
                / (HALF_LENGTH * (4.0 / 3 - POLE * cosine * cosine / mass));
        double speeding = (force + moment * (turn * turn * sine - turning * cosine) - drag) / mass;
        double[] next = {
            state[0] + STEP * velocity, velocity + STEP * speeding, state[2] + STEP * turn, turn + STEP * turning
        };
        boolean failure = failed(next);
        return new Transition(
                next,
                new double[] {failure ? 0 : 1, failure ? 1 : 0, Math.abs(next[0]) / EDGE, Math.abs(next[2]) / FALLEN},
                failure);
    }

    private static boolean failed(double[] state) {
        return Math.abs(state[0]) > EDGE || Math.abs(state[2]) > FALLEN;
    }

    @Override
    public List<String> actions(double[] state) {
        return PUSHES;
    }

    @Override
    public Map<String, Object> observation(double[] state) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("position", state[0]);
        seen.put("velocity", state[1]);
        seen.put("angle", state[2]);
        seen.put("angularVelocity", state[3]);
        return seen;
    }

    /** One of 162 boxes. */
    @Override
    public String key(double[] state) {
        return "" + box(state[0], -0.8, 0.8)
                + box(state[1], -0.5, 0.5)
                + box(Math.toDegrees(state[2]), -6, -1, 0, 1, 6)
                + box(Math.toDegrees(state[3]), -50, 50);
    }

    private static int box(double value, double... bounds) {
        int box = 0;
        while (box < bounds.length && value >= bounds[box]) {
            box++;
        }
        return box;
    }

    @Override
    public String text(double[] state) {
        return String.format(
                Locale.ROOT,
                "The cart is at %.3f m (the track ends at -2.4 and 2.4) and moves at %.3f m/s. The pole leans %.2f degrees to"
                        + " the right (it falls beyond 12 to either side) and turns at %.2f degrees/s.",
                state[0],
                state[1],
                Math.toDegrees(state[2]),
                Math.toDegrees(state[3]));
    }

    @Override
    public void draw(double[] state, Graphics2D canvas, int side) {
        int x = (int) Math.round(side / 2.0 * (1 + state[0] / EDGE));
        int y = side * 3 / 4;
        canvas.setColor(Color.LIGHT_GRAY);
        canvas.fillRect(0, y, side, 2);
        canvas.setColor(Color.DARK_GRAY);
        canvas.fillRect(x - side / 12, y - side / 16, side / 6, side / 16);
        canvas.setColor(Color.RED);
        canvas.setStroke(new BasicStroke(6));
        canvas.drawLine(x, y - side / 16, (int) Math.round(x + side / 2.0 * Math.sin(state[2])), (int)
                Math.round(y - side / 16.0 - side / 2.0 * Math.cos(state[2])));
    }

    @Override
    public List<String> features() {
        return FEATURES;
    }

    @Override
    public Map<String, Double> reward() {
        return Map.of("upright", 1.0);
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public boolean holds(double[] state) {
        return state.length == 4 && Arrays.stream(state).allMatch(x -> Math.abs(x) <= 1_000);
    }
}
