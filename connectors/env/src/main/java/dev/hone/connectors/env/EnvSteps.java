package dev.hone.connectors.env;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.Map;

/**
 * Takes actions in turn, as a plan lists them, until one cannot be done or the episode is over:
 * {@code exec: {tool: env-steps, in: {env: {household: "= house"}, state: "= play.state", actions: "= step.act"}, out: play}}.
 */
public final class EnvSteps implements Connector<EnvSteps.Input, EnvSteps.Output> {

    private static final int MOST_ACTIONS = 1_000;

    /**
     * @param state what {@code env-reset} or the steps before gave
     * @param actions none of which has to be possible
     */
    public record Input(Spec env, State state, List<String> actions) {}

    /**
     * @param state after the actions that were taken
     * @param observation what the one who acts sees then
     * @param actions what can be done next; none when the episode is over
     * @param taken how many of the actions
     * @param refused the first that could not be done, after which none was tried; empty when there was none
     * @param features what happened, summed over the actions
     * @param reward the environment's own, summed
     */
    public record Output(
            State state,
            Map<String, Object> observation,
            String text,
            List<String> actions,
            int taken,
            String refused,
            Map<String, Double> features,
            double reward,
            boolean done) {}

    @Override
    public String name() {
        return "env-steps";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when the state is none of the environment, or there are too many actions */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        World world = World.of(input.env());
        State state = world.checked(input.state());
        List<String> wanted = Check.present("actions", input.actions());
        if (wanted.size() > MOST_ACTIONS) {
            throw Check.bad("there are " + wanted.size() + " actions", "give at most " + MOST_ACTIONS + " at once");
        }
        double[] sums = world.nothing();
        double reward = 0;
        int taken = 0;
        String refused = "";
        for (String action : wanted) {
            if (state.done()) {
                break;
            }
            if (!world.actions(state).contains(Check.present("action", action))) {
                refused = action;
                break;
            }
            World.Step step = world.step(state, action);
            state = step.state();
            reward += step.reward();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += step.features()[i];
            }
            taken++;
        }
        return new Output(
                state,
                world.observation(state),
                world.text(state),
                world.actions(state),
                taken,
                refused,
                world.named(sums),
                reward,
                state.done());
    }
}
