package dev.hone.connectors.common;

import dev.hone.connectors.api.Connector;
import java.util.function.UnaryOperator;

/**
 * A tool whose settings the operator says in environment variables. What extends it has a public constructor without
 * parameters, which reads {@link System#getenv}.
 */
public abstract class OperatorTool<I extends Record, O extends Record> implements Connector<I, O> {

    /** What a variable is set to; null when it is not. */
    protected final UnaryOperator<String> variables;

    private final String name;
    private final Class<I> input;
    private final Class<O> output;

    protected OperatorTool(String name, Class<I> input, Class<O> output, UnaryOperator<String> variables) {
        this.name = name;
        this.input = input;
        this.output = output;
        this.variables = variables;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Class<I> input() {
        return input;
    }

    @Override
    public final Class<O> output() {
        return output;
    }
}
