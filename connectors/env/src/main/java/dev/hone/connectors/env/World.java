package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** An environment with its chance, its reward and the limit on its steps: what the tools play in. */
final class World {

    /** The most steps that an episode of any environment may have. */
    static final int MOST_STEPS = 10_000;

    /** The width and height of a picture. */
    static final int SIDE = 480;

    private final Environment environment;
    private final Reward reward;

    private World(Environment environment, Reward reward) {
        this.environment = environment;
        this.reward = reward;
    }

    /**
     * What came of a step.
     *
     * @param reward what the step is worth
     * @param ended whether the episode is over by the world's own rules; it may be {@code done} by the limit alone
     */
    record Step(State state, double[] features, double reward, boolean ended) {}

    /** @throws ConnectorException of kind BAD_INPUT when the environment cannot be */
    static World of(Spec spec) throws ConnectorException {
        return of(spec, Optional.empty(), Optional.empty());
    }

    /**
     * @param weights of each feature that counts; the environment's own when absent
     * @param code what a step is worth, in the place of the weights
     * @throws ConnectorException of kind BAD_INPUT when the environment or the reward cannot be
     */
    static World of(Spec spec, Optional<Map<String, Double>> weights, Optional<String> code) throws ConnectorException {
        Environment environment = Check.present("env", spec).open();
        return new World(environment, Reward.of(environment, weights, code));
    }

    int limit() {
        return environment.limit();
    }

    /** Chance at one moment of an episode: {@code moment} is 0 at the start, then the number of the step. */
    static SplittableRandom chance(long seed, int moment) {
        return new SplittableRandom(seed * (MOST_STEPS + 2L) + moment);
    }

    /** Chance in the choices of the one who acts, in one episode. */
    static SplittableRandom whims(long seed) {
        return new SplittableRandom(~seed);
    }

    State reset(long seed) {
        return State.of(environment.reset(chance(seed, 0)), seed, 0, false);
    }

    /**
     * @param action one of {@link #actions}
     * @throws ConnectorException of kind BAD_INPUT when the code of the reward gives no number for it
     */
    Step step(State state, String action) throws ConnectorException {
        int steps = state.steps() + 1;
        Environment.Transition transition = environment.step(state.numbers(), action, chance(state.seed(), steps));
        boolean done = transition.ended() || steps >= limit();
        return new Step(
                State.of(transition.state(), state.seed(), steps, done),
                transition.features(),
                reward.of(transition.features()),
                transition.ended());
    }

    /**
     * Takes a state that comes from outside.
     *
     * @throws ConnectorException of kind BAD_INPUT when it is none of this environment
     */
    State checked(State state) throws ConnectorException {
        Check.present("state", state);
        List<Double> values = Check.present("state.values", state.values());
        boolean numbers = values.stream().allMatch(Objects::nonNull);
        if (!numbers || !environment.holds(state.numbers()) || state.steps() < 0 || state.steps() > limit()) {
            throw Check.bad(
                    "the state " + (values.size() > 20 ? "of " + values.size() + " values" : values) + " after "
                            + state.steps() + " steps is none of this environment",
                    "give back the state that env-reset or env-step gave, with the same env");
        }
        return state;
    }

    /** Nothing when the episode is over. */
    List<String> actions(State state) {
        return state.done() ? List.of() : possible(state);
    }

    /** What could be done if the limit on the steps did not cut the episode. */
    List<String> possible(State state) {
        return environment.actions(state.numbers());
    }

    Map<String, Object> observation(State state) {
        return environment.observation(state.numbers());
    }

    String key(State state) {
        return environment.key(state.numbers());
    }

    String text(State state) {
        return environment.text(state.numbers());
    }

    /** What steps are worth. */
    Reward reward() {
        return reward;
    }

    /** The names of what can happen in a step. */
    List<String> features() {
        return environment.features();
    }

    /** The features of no step. */
    double[] nothing() {
        return new double[environment.features().size()];
    }

    /** The features by name. */
    Map<String, Double> named(double[] features) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < features.length; i++) {
            named.put(environment.features().get(i), features[i]);
        }
        return named;
    }

    /** A picture as PNG in Base64. It needs no display and no fonts. */
    String png(State state) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, SIDE, SIDE);
        environment.draw(state.numbers(), canvas, SIDE);
        canvas.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
