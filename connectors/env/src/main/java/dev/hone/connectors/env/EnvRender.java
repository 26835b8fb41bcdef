package dev.hone.connectors.env;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.Optional;

/** Shows a state: {@code exec: {tool: env-render, in: {env: {cartPole: {}}, state: "= play.state", png: true}, out: seen}}. */
public final class EnvRender implements Connector<EnvRender.Input, EnvRender.Output> {

    /** @param png whether a picture is wanted too; not when absent */
    public record Input(Spec env, State state, Optional<Boolean> png) {}

    /**
     * @param text the observation for a reader
     * @param png a PNG of 480 by 480 points in Base64, or empty
     */
    public record Output(String text, String png) {}

    @Override
    public String name() {
        return "env-render";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when the state is none of the environment */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        World world = World.of(input.env());
        State state = world.checked(input.state());
        return new Output(world.text(state), input.png().orElse(false) ? world.png(state) : "");
    }
}
