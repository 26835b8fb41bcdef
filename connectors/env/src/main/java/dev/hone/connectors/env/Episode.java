package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One episode as it was played.
 *
 * @param seed with which it is played again
 * @param total the sum of its rewards
 * @param steps how many
 * @param ended whether it ended by the world's own rules, not by the limit on its steps
 * @param features the sum of each over the steps
 * @param trace its steps, when they were asked for
 */
public record Episode(
        long seed, double total, int steps, boolean ended, Map<String, Double> features, List<Visit> trace) {

    /**
     * One step.
     *
     * @param key of the state before it
     * @param features what happened in it
     */
    public record Visit(String key, String action, double reward, Map<String, Double> features) {}

    /** @throws ConnectorException of kind BAD_INPUT when the policy does what cannot be done */
    static Episode play(World world, Policy policy, long seed, boolean traced) throws ConnectorException {
        SplittableRandom whims = World.whims(seed);
        List<Visit> trace = new ArrayList<>();
        State state = world.reset(seed);
        double total = 0;
        boolean ended = false;
        double[] sums = world.nothing();
        while (!state.done()) {
            String action = policy.choose(world, state, whims);
            World.Step step = world.step(state, action);
            total += step.reward();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += step.features()[i];
            }
            if (traced) {
                trace.add(new Visit(world.key(state), action, step.reward(), world.named(step.features())));
            }
            state = step.state();
            ended = step.ended();
        }
        return new Episode(seed, total, state.steps(), ended, world.named(sums), List.copyOf(trace));
    }
}
