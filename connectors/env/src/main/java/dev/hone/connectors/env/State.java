package dev.hone.connectors.env;

import java.util.Arrays;
import java.util.List;

/**
 * An episode between two steps, to be given back with the next call as it is. It may hold what the one who acts must not see:
 * show the observation, not the state.
 *
 * @param values of the environment
 * @param seed of all chance in the episode
 * @param steps taken so far
 * @param done whether the episode is over
 */
public record State(List<Double> values, long seed, int steps, boolean done) {

    static State of(double[] values, long seed, int steps, boolean done) {
        return new State(Arrays.stream(values).boxed().toList(), seed, steps, done);
    }

    double[] numbers() {
        return values.stream().mapToDouble(value -> value).toArray();
    }
}
