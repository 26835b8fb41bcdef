package dev.hone.connectors.exec;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;

/**
 * Gives the value that its input is, so that something computed gets a name, is a signal or enters a pool:
 * {@code exec: {tool: compute, in: {value: "= ..."}, take: "= out.value"}}.
 */
public final class Compute implements Connector<Compute.Input, Compute.Output> {

    public record Input(Object value) {}

    public record Output(Object value) {}

    @Override
    public String name() {
        return "compute";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    @Override
    public Output run(Input input, CallContext context) {
        return new Output(input.value());
    }
}
