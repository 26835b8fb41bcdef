package dev.hone.connectors.env;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.List;

/**
 * Says whether reward code can be used in an environment, by reading it, checking its types and giving it the features of one
 * step: {@code exec: {tool: reward-check, in: {env: {grid: {map: "S.G"}}, code: "= code"}, out: built, as: verdict}}.
 */
public final class RewardCheck implements Connector<RewardCheck.Input, RewardCheck.Output> {

    /** @param code an expression of CEL over the features of the environment, as doubles; at most 2,000 characters */
    public record Input(Spec env, String code) {}

    /**
     * @param pass whether it can be used
     * @param error what is wrong with it, with its place, fit to be shown to whoever wrote it; empty when nothing is
     * @param line of the error, from 1; 0 when there is none
     * @param column of the error, from 1; 0 when there is none
     * @param features the names that code may use here
     * @param uses those that this code uses, in the order of the alphabet
     */
    public record Output(boolean pass, String error, int line, int column, List<String> features, List<String> uses) {}

    @Override
    public String name() {
        return "reward-check";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when there can be no such environment; bad code is an output */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        World world = World.of(input.env());
        List<String> features = world.features();
        RewardCode code;
        try {
            code = RewardCode.read(Check.present("code", input.code()), features);
        } catch (RewardCode.Unusable e) {
            return new Output(false, e.placed(), e.line(), e.column(), features, List.of());
        }
        State start = world.reset(context.seed());
        double[] happened = world.step(start, world.actions(start).getFirst()).features();
        try {
            code.of(happened);
        } catch (ConnectorException e) {
            return new Output(false, e.what(), 1, 1, features, code.uses());
        }
        return new Output(true, "", 0, 0, features, code.uses());
    }
}
