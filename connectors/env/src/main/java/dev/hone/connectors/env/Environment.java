package dev.hone.connectors.env;

import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A world as a pure state machine. A state is a row of numbers whose meaning the environment alone knows; chance is passed in.
 */
interface Environment {

    /**
     * What came of an action.
     *
     * @param features what happened, a number for each name of {@link #features}
     * @param ended whether the episode is over by the world's own rules, not by the limit on its steps
     */
    record Transition(double[] state, double[] features, boolean ended) {}

    /** A first state. */
    double[] reset(SplittableRandom random);

    /** @param action one of {@link #actions} of that state */
    Transition step(double[] state, String action, SplittableRandom random);

    /** What can be done, in a fixed order; never empty before the end. */
    List<String> actions(double[] state);

    /** What the one who acts sees; the numbers among it are what a linear policy weighs. */
    Map<String, Object> observation(double[] state);

    /** The observation in short, coarse enough for a table: states of the same key have the same actions. */
    String key(double[] state);

    /** The observation for a reader. */
    String text(double[] state);

    /** Draws the observation on a white square of {@code side} points. */
    void draw(double[] state, Graphics2D canvas, int side);

    /** The names of what is counted at each step. */
    List<String> features();

    /** How much each feature is worth unless said otherwise. */
    Map<String, Double> reward();

    /** The most steps of an episode. */
    int limit();

    /** Whether these numbers are a state, as one that comes from outside may not be. */
    boolean holds(double[] state);
}
