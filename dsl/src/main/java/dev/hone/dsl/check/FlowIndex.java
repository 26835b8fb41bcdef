package dev.hone.dsl.check;

import dev.hone.dsl.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where each step stands in the flow. */
public final class FlowIndex {

    /**
     * A list of steps and a position in it.
     *
     * @param body which list: bodies are told apart by this number
     * @param owner the step whose body it is, empty for the flow itself
     */
    record Position(int body, int index, Optional<Step> owner) {}

    /** @param path from the flow down to the step itself */
    record Place(Step step, List<Position> path) {
        Position own() {
            return path.getLast();
        }
    }

    private final Map<String, Place> places = new LinkedHashMap<>();
    private int bodies;

    private FlowIndex() {}

    static FlowIndex of(List<Step> flow) {
        FlowIndex index = new FlowIndex();
        index.add(flow, List.of(), Optional.empty());
        return index;
    }

    private void add(List<Step> steps, List<Position> above, Optional<Step> owner) {
        int body = bodies++;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            List<Position> path = new ArrayList<>(above);
            path.add(new Position(body, i, owner));
            places.put(step.id(), new Place(step, List.copyOf(path)));
            step.bodies().forEach(inner -> add(inner, path, Optional.of(step)));
        }
    }

    Optional<Place> find(String id) {
        return Optional.ofNullable(places.get(id));
    }

    /** Every id of a step, in the order of the file. */
    List<String> ids() {
        return List.copyOf(places.keySet());
    }

    /** Every step of a kind, in the order of the file. */
    <S extends Step> Stream<S> all(Class<S> kind) {
        return places.values().stream()
                .map(Place::step)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** Whether the flow, having performed one step, can still come to the other without going back or into a body. */
    boolean comesLater(Place earlier, Place later) {
        return earlier.path().stream()
                .anyMatch(position -> position.body() == later.own().body()
                        && position.index() < later.own().index());
    }

    /** Whether the step stands, at any depth, in the body of the other. */
    boolean isInside(Place inner, Step outer) {
        return inner.path().stream()
                .flatMap(position -> position.owner().stream())
                .anyMatch(owner -> owner.id().equals(outer.id()));
    }
}
