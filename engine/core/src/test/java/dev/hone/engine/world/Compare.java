package dev.hone.engine.world;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;

/** How near a guess is. */
public final class Compare implements Connector<Compare.In, Compare.Out> {

    /** @param guess a whole number as text */
    public record In(String guess, int target) {}

    /** @param fraction 1 when right, less by a tenth for each step away */
    public record Out(boolean pass, double fraction, int distance) {}

    @Override
    public String name() {
        return "compare";
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
    public Out run(In input, CallContext context) throws ConnectorException {
        int distance;
        try {
            distance = Math.abs(Integer.parseInt(input.guess()) - input.target());
        } catch (NumberFormatException e) {
            throw new ConnectorException(
                    ConnectorException.Kind.BAD_INPUT, "'" + input.guess() + "' is not a number", "guess a number");
        }
        return new Out(distance == 0, Math.max(0, 10 - distance) / 10.0, distance);
    }
}
