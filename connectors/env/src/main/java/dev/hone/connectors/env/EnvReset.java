package dev.hone.connectors.env;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Begins an episode: {@code exec: {tool: env-reset, in: {env: {cartPole: {}}}, out: play}}. */
public final class EnvReset implements Connector<EnvReset.Input, EnvReset.Output> {

    /** @param seed of all chance in the episode; that of the call when absent */
    public record Input(Spec env, Optional<Long> seed) {}

    /**
     * @param state to be given to {@code env-step}
     * @param observation what the one who acts sees
     * @param key of the state in a table
     * @param text the observation for a reader
     * @param actions what can be done
     */
    public record Output(State state, Map<String, Object> observation, String key, String text, List<String> actions) {}

    @Override
    public String name() {
        return "env-reset";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when there can be no such environment */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        World world = World.of(input.env());
        State state = world.reset(input.seed().orElse(context.seed()));
        return new Output(state, world.observation(state), world.key(state), world.text(state), world.actions(state));
    }
}
