package dev.hone.connectors.env;

import dev.hone.connectors.api.Connector;
import dev.hone.connectors.env.EnvReset.Input;
import dev.hone.connectors.env.EnvReset.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class EnvResetTest extends ConnectorContract<Input, Output> {

    private static final List<String> MOVES = List.of("up", "right", "down", "left");

    @Override
    protected Connector<Input, Output> connector() {
        return new EnvReset();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        Map<String, Object> seen = Map.of("row", 0.0, "column", 0.0, "up", "#", "right", ".", "down", "#", "left", "#");
        return List.of(
                new Example<>(
                        input(Specs.CORRIDOR),
                        new Output(new State(List.of(0.0, 0.0), 7, 0, false), seen, "0,0", "@.G", MOVES)),
                // Without a seed of its own it has that of the call.
                new Example<>(
                        new Input(Specs.CORRIDOR, Optional.empty()),
                        new Output(new State(List.of(0.0, 0.0), 1, 0, false), seen, "0,0", "@.G", MOVES)));
    }

    @Override
    protected Map<String, Input> badInputs() {
        Map<String, Input> bad = new LinkedHashMap<>();
        bad.put(
                "none",
                input(new Spec(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
        bad.put(
                "two",
                input(new Spec(
                        Specs.CORRIDOR.grid(),
                        Specs.cartPole(0, 10).cartPole(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
        bad.put("no start", input(Specs.grid("..G")));
        bad.put("no goal", input(Specs.grid("S..")));
        bad.put("no map", input(Specs.grid("")));
        bad.put("uneven", input(Specs.grid("S.G\n..")));
        bad.put("unknown cell", input(Specs.grid("SxG")));
        bad.put("too wide", input(Specs.grid("S" + ".".repeat(Grid.MOST) + "G")));
        bad.put("too high", input(Specs.grid("S\n" + ".\n".repeat(Grid.MOST) + "G")));
        bad.put("slip", input(Specs.grid("S.G", 1.1, 10)));
        bad.put("limit", input(Specs.grid("S.G", 0, World.MOST_STEPS + 1)));
        bad.put("spread", input(Specs.cartPole(Double.NaN, 10)));
        bad.put("rounds", input(Specs.bargaining(0)));
        bad.put("no others", input(Specs.publicGoods(1.6, 3)));
        bad.put("unknown script", input(Specs.publicGoods(1.6, 3, "saint")));
        bad.put("no items", input(Specs.questions(3)));
        bad.put("same name", input(Specs.questions(3, Specs.item("cat", "legs", "4"), Specs.item("cat", "legs", "3"))));
        bad.put("blank name", input(Specs.questions(3, Specs.item(" ", "legs", "4"))));
        return bad;
    }

    private static Input input(Spec env) {
        return new Input(env, Optional.of(7L));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }
}
