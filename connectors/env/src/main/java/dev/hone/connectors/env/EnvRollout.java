package dev.hone.connectors.env;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays whole episodes: {@code exec: {tool: env-rollout, in: {env: {cartPole: {}}, policy: "= slot.agent"}, out: played}}. */
public final class EnvRollout implements Connector<EnvRollout.Input, EnvRollout.Output> {

    private static final int MOST_EPISODES = 1_000;
    private static final int MOST_TRACED = 10_000;

    /**
     * @param policy how to act
     * @param episodes how many, 1 when absent
     * @param seed of the first episode, each other has the next; that of the call when absent
     * @param reward the weight of each feature; the environment's own when absent
     * @param code what a step is worth, in the place of the weights: {@link RewardCode}
     * @param trace whether the single steps are wanted; not when absent
     */
    public record Input(
            Spec env,
            Policy policy,
            Optional<Integer> episodes,
            Optional<Long> seed,
            Optional<Map<String, Double>> reward,
            Optional<String> code,
            Optional<Boolean> trace) {}

    /**
     * @param mean of the episodes' totals
     * @param ended the fraction of the episodes that ended by the world's own rules
     * @param steps of an episode on average
     */
    public record Output(double mean, double ended, double steps, List<Episode> episodes) {}

    @Override
    public String name() {
        return "env-rollout";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when the policy does not fit, CANCELLED or TIMEOUT between episodes */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        World world = World.of(input.env(), input.reward(), input.code());
        Policy policy = Check.present("policy", input.policy()).checked();
        int count = Check.whole("episodes", input.episodes(), 1, 1, MOST_EPISODES);
        boolean trace = input.trace().orElse(false);
        if (trace && (long) count * world.limit() > MOST_TRACED) {
            throw Check.bad(
                    "a trace of " + count + " episodes of up to " + world.limit() + " steps is asked for",
                    "trace at most " + MOST_TRACED + " steps: fewer episodes, or a lower limit in the env");
        }
        long seed = input.seed().orElse(context.seed());
        Check.Watch watch = new Check.Watch(context);
        List<Episode> episodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            watch.look();
            episodes.add(Episode.play(world, policy, seed + i, trace));
        }
        return new Output(
                episodes.stream().mapToDouble(Episode::total).average().orElseThrow(),
                episodes.stream().filter(Episode::ended).count() / (double) count,
                episodes.stream().mapToInt(Episode::steps).average().orElseThrow(),
                List.copyOf(episodes));
    }
}
