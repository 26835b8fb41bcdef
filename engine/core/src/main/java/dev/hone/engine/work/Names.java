package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.compile.Activity;
import dev.hone.engine.compile.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a name means at a place in a run.
 *
 * <p>An element of a surrounding map; else what a step gave to it; else an input. A step that stands in the same maps gives
 * one value, the latest; a step inside a map that does not surround the place gives the list of the values of all elements,
 * in order, of the latest round of the loops around that map. Rounds that came after that of the place do not count.
 */
final class Names {

    private final Program program;
    private final RunState state;
    private final JsonNode inputs;
    private final Function<String, JsonNode> slots;

    /** @param slots the present value of a slot */
    Names(Program program, RunState state, JsonNode inputs, Function<String, JsonNode> slots) {
        this.slots = slots;
        this.program = program;
        this.state = state;
        this.inputs = inputs;
    }

    /** Empty when nothing has been given to the name yet. */
    Optional<JsonNode> find(String name, Iteration here) {
        Optional<JsonNode> element = element(name, here);
        if (element.isPresent()) {
            return element;
        }
        List<RunState.Output> single = new ArrayList<>();
        List<RunState.Output> many = new ArrayList<>();
        for (RunState.Output output : state.outputs(name)) {
            if (agrees(output.iteration(), here) && !later(output.iteration(), here)) {
                (firstOwnMap(output, here) < 0 ? single : many).add(output);
            }
        }
        if (!single.isEmpty()) {
            return single.stream()
                    .max(Comparator.comparingLong(RunState.Output::seq))
                    .map(RunState.Output::value);
        }
        if (!many.isEmpty()) {
            return Optional.of(list(many, here));
        }
        return Optional.ofNullable(inputs.get(name)).or(() -> store(name));
    }

    /** What the run keeps besides: the values and versions of slots, and how policies, memories and pools stand. */
    private Optional<JsonNode> store(String name) {
        ObjectNode store = Json.object();
        switch (name) {
            case "slot" -> program.workflow().slots().keySet().forEach(slot -> store.set(slot, slots.apply(slot)));
            case "version" -> state.slots().forEach((slot, versions) -> store.set(slot, versions.standing()));
            case "policy" ->
                program.workflow()
                        .policies()
                        .keySet()
                        .forEach(policy -> store.set(policy, state.plays().standing(policy, state)));
            case "memory" -> state.memories().forEach((memory, items) -> store.set(memory, Json.node(items.values())));
            case "pool" ->
                state.pools().forEach((pool, artifacts) -> {
                    ArrayNode all = store.putArray(pool);
                    artifacts.present().forEach(artifact -> all.add(json(artifact)));
                });
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(store);
    }

    private static ObjectNode json(Artifact artifact) {
        ObjectNode json = Json.object().put("id", artifact.id());
        json.set("value", artifact.value());
        json.put("score", artifact.score()).put("parent", artifact.parent().orElse(null));
        json.set("scores", Json.node(artifact.scores()));
        return json;
    }

    private Optional<JsonNode> element(String name, Iteration here) {
        for (int depth = here.indices().size(); depth > 0; depth--) {
            Iteration.Index index = here.indices().get(depth - 1);
            String over = index.scope() + ".over";
            if (program.activities().get(over) instanceof Activity.Spread spread
                    && spread.step().over().containsKey(name)) {
                return state.items(over, here.upTo(depth - 1))
                        .map(items -> items.path(index.at() - 1).path(name));
            }
        }
        return Optional.empty();
    }

    /** In the maps that both stand in, both stand at the same element. */
    boolean agrees(Iteration output, Iteration here) {
        int shared = output.shared(here);
        for (int i = 0; i < shared; i++) {
            Iteration.Index index = output.indices().get(i);
            if (isMap(index.scope()) && index.at() != here.indices().get(i).at()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a loop around both has gone on to a later round since: what is looked at late, because an answer came late, is
     * looked at as it stood.
     */
    private static boolean later(Iteration output, Iteration here) {
        int shared = output.shared(here);
        for (int i = 0; i < shared; i++) {
            int rounds = output.indices().get(i).at() - here.indices().get(i).at();
            if (rounds != 0) {
                return rounds > 0;
            }
        }
        return false;
    }

    /** The depth of the outermost map around the output that does not surround the place; -1 when there is none. */
    private int firstOwnMap(RunState.Output output, Iteration here) {
        int shared = output.iteration().shared(here);
        for (int i = shared; i < output.iteration().indices().size(); i++) {
            if (isMap(output.iteration().indices().get(i).scope())) {
                return i;
            }
        }
        return -1;
    }

    private boolean isMap(String scope) {
        return program.activities().containsKey(scope + ".over");
    }

    private JsonNode list(List<RunState.Output> all, Iteration here) {
        RunState.Output latest =
                all.stream().max(Comparator.comparingLong(RunState.Output::seq)).orElseThrow();
        int depth = firstOwnMap(latest, here);
        Iteration round = latest.iteration().upTo(depth);
        List<RunState.Output> current = all.stream()
                .filter(output -> firstOwnMap(output, here) == depth
                        && output.iteration().upTo(depth).equals(round))
                .toList();
        return nested(current, depth);
    }

    /** One level of list for each map from {@code depth} inwards; inside, the latest value of each element. */
    private JsonNode nested(List<RunState.Output> outputs, int depth) {
        int map = depth;
        int size = outputs.getFirst().iteration().indices().size();
        while (map < size
                && !isMap(outputs.getFirst().iteration().indices().get(map).scope())) {
            map++;
        }
        if (map >= size) {
            return outputs.stream()
                    .max(Comparator.comparingLong(RunState.Output::seq))
                    .orElseThrow()
                    .value();
        }
        int level = map;
        Map<Integer, List<RunState.Output>> byElement = new TreeMap<>();
        for (RunState.Output output : outputs) {
            byElement
                    .computeIfAbsent(output.iteration().indices().get(level).at(), at -> new ArrayList<>())
                    .add(output);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        byElement.values().forEach(group -> list.add(nested(group, level + 1)));
        return list;
    }
}
