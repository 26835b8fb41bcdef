package dev.hone.connectors.env;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Takes one step of an episode as a policy would:
 * {@code exec: {tool: env-act, in: {env: "= env", state: "= at.state", policy: "= slot.agent"}, out: at}}.
 */
public final class EnvAct implements Connector<EnvAct.Input, EnvAct.Output> {

    /**
     * @param state what {@code env-reset} or the step before gave
     * @param policy how to act
     * @param seed of the policy's own chance; that of the call when absent
     */
    public record Input(Spec env, State state, Policy policy, Optional<Long> seed) {}

    /**
     * @param action what was done
     * @param before what the one who acts saw before it
     * @param state to be given to the next step
     * @param observation what the one who acts sees now
     * @param key of the state in a table
     * @param text the observation for a reader
     * @param actions what can be done next; none when the episode is over
     * @param features what happened in this step, as numbers
     * @param done whether the episode is over
     */
    public record Output(
            String action,
            Map<String, Object> before,
            State state,
            Map<String, Object> observation,
            String key,
            String text,
            List<String> actions,
            Map<String, Double> features,
            boolean done) {}

    @Override
    public String name() {
        return "env-act";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when the episode is over, or the policy does not fit */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        World world = World.of(input.env());
        State before = world.checked(input.state());
        Policy policy = Check.present("policy", input.policy()).checked();
        if (before.done()) {
            throw Check.bad("the episode is over after " + before.steps() + " steps", "begin another with env-reset");
        }
        SplittableRandom whims = World.whims(input.seed().orElse(context.seed()));
        String action = policy.choose(world, before, whims);
        World.Step step = world.step(before, action);
        State state = step.state();
        return new Output(
                action,
                world.observation(before),
                state,
                world.observation(state),
                world.key(state),
                world.text(state),
                world.actions(state),
                world.named(step.features()),
                state.done());
    }
}
