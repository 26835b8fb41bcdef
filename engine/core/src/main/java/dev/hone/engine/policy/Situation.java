package dev.hone.engine.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What there is to choose from now. Immutable to callers. */
public final class Situation {

    private final List<Option> options;
    private final Map<String, Double> numbers;
    private volatile @org.jspecify.annotations.Nullable Set<String> ids;

    /** @param numbers named numbers of the run, such as what a controller measured */
    public Situation(List<Option> options, Map<String, Double> numbers) {
        this.options = List.copyOf(options);
        this.numbers = Map.copyOf(numbers);
    }

    public List<Option> options() {
        return options;
    }

    public Map<String, Double> numbers() {
        return numbers;
    }

    /** Whether an option is there; one that was pruned is not. */
    public boolean has(String id) {
        Set<String> known = ids;
        if (known == null) {
            known = new HashSet<>();
            for (Option option : options) {
                known.add(option.id());
            }
            ids = known;
        }
        return known.contains(id);
    }
}
