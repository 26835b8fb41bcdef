package dev.hone.engine.world;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;

/** Gives back what it is given. */
public final class Say implements Connector<Say.In, Say.Out> {

    public record In(String text) {}

    public record Out(String text) {}

    @Override
    public String name() {
        return "say";
    }

    @Override
    public Class<In> input() {
        return In.class;
    }

    @Override
    public Class<Out> output() {
        return Out.class;
    }

    @Override
    public Out run(In input, CallContext context) {
        return new Out(input.text());
    }
}
