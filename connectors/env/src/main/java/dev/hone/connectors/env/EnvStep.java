package dev.hone.connectors.env;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes one step of an episode:
 * {@code exec: {tool: env-step, in: {env: {cartPole: {}}, state: "= play.state", action: "= move"}, out: next}}.
 */
public final class EnvStep implements Connector<EnvStep.Input, EnvStep.Output> {

    /**
     * @param env as {@code env-reset} got it
     * @param state what {@code env-reset} or the step before gave
     * @param action one of its actions
     * @param reward the weight of each feature; the environment's own when absent
     * @param code what a step is worth, in the place of the weights: {@link RewardCode}
     */
    public record Input(
            Spec env, State state, String action, Optional<Map<String, Double>> reward, Optional<String> code) {}

    /**
     * @param state to be given to the next step
     * @param observation what the one who acts sees
     * @param key of the state in a table
     * @param text the observation for a reader
     * @param actions what can be done next; none when the episode is over
     * @param features what happened in this step, as numbers
     * @param reward what the step is worth
     * @param done whether the episode is over
     */
    public record Output(
            State state,
            Map<String, Object> observation,
            String key,
            String text,
            List<String> actions,
            Map<String, Double> features,
            double reward,
            boolean done) {}

    @Override
    public String name() {
        return "env-step";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when the action cannot be done in this state, or the episode is over */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        World world = World.of(input.env(), input.reward(), input.code());
        State before = world.checked(input.state());
        List<String> actions = world.actions(before);
        if (actions.isEmpty()) {
            throw Check.bad("the episode is over after " + before.steps() + " steps", "begin another with env-reset");
        }
        if (!actions.contains(Check.present("action", input.action()))) {
            throw Check.bad("there is no action '" + input.action() + "' here", Policy.doable(actions));
        }
        World.Step step = world.step(before, input.action());
        State state = step.state();
        return new Output(
                state,
                world.observation(state),
                world.key(state),
                world.text(state),
                world.actions(state),
                world.named(step.features()),
                step.reward(),
                state.done());
    }
}
