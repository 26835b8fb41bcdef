package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The items that a run has remembered. */
final class MemoryState {

    /** @param key an earlier item of the same key is replaced */
    record Item(JsonNode value, Optional<String> key, String element, Iteration iteration) {}

    private final int capacity;
    private final List<Item> items = new ArrayList<>();

    /** @param capacity how many items are kept; any number when it is zero */
    MemoryState(int capacity) {
        this.capacity = capacity;
    }

    void add(Item item) {
        item.key().ifPresent(key -> items.removeIf(known -> known.key().equals(Optional.of(key))));
        items.add(item);
        while (capacity > 0 && items.size() > capacity) {
            items.removeFirst();
        }
    }

    void forget(Predicate<Item> which) {
        items.removeIf(which);
    }

    /** Oldest first. */
    List<JsonNode> values() {
        return items.stream().map(Item::value).toList();
    }
}
