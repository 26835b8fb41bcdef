package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A pool as its events made it. All artifacts that ever entered stay, for the run's result; what steps and policies see
 * besides is what the pool's shape and capacity, and the rules, have left.
 */
final class PoolState {

    private final Workflow.Pool pool;
    private final int capacity;
    private final List<Artifact> all = new ArrayList<>();
    private final Map<String, Artifact> byId = new HashMap<>();
    private final Map<JsonNode, Integer> entries = new HashMap<>();
    /** The ids of what entered, in order; one that entered again is there again. */
    private final List<String> trials = new ArrayList<>();

    private final Set<String> forgotten = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> quarantined = new HashSet<>();

    /** @param capacity how many artifacts are kept; any number when it is zero */
    PoolState(Workflow.Pool pool, int capacity) {
        this.pool = pool;
        this.capacity = capacity;
    }

    void add(Artifact artifact) {
        entries.merge(artifact.value(), 1, Integer::sum);
        all.add(artifact);
        trials.add(artifact.id());
        byId.put(artifact.id(), artifact);
        switch (pool.shape()) {
            case FLAT, TREE, QUEUE, POPULATION -> {}
            case GRID ->
                crowd(other -> artifact.cell() != null && artifact.cell().equals(other.cell()))
                        .ifPresent(this::remove);
            case PARETO -> {
                if (present().stream().anyMatch(other -> other.dominates(artifact))) {
                    remove(artifact);
                } else {
                    present().stream().filter(artifact::dominates).toList().forEach(this::remove);
                }
            }
        }
        if (capacity > 0) {
            for (List<Artifact> present; (present = present()).size() > capacity; ) {
                remove(worst(present));
            }
        }
    }

    /** One that was there already entered again. */
    void addAgain(JsonNode value, String element, Iteration iteration) {
        entries.merge(value, 1, Integer::sum);
        all.replaceAll(known -> known.value().equals(value) ? known.first(element, iteration) : known);
        all.forEach(known -> byId.put(known.id(), known));
        find(value).ifPresent(known -> trials.add(known.id()));
    }

    /** Of the artifacts of a crowd the one that has to go, when there is more than one. */
    private Optional<Artifact> crowd(Predicate<Artifact> belongs) {
        List<Artifact> crowd = present().stream().filter(belongs).toList();
        return crowd.size() < 2 ? Optional.empty() : Optional.of(worst(crowd));
    }

    private Artifact worst(List<Artifact> present) {
        return switch (pool.shape()) {
            case QUEUE -> present.getFirst();
            case FLAT, TREE, GRID, POPULATION, PARETO ->
                present.stream()
                        .max(Comparator.<Artifact>comparingLong(artifact -> present.stream()
                                        .filter(other -> other.dominates(artifact))
                                        .count())
                                .thenComparing(Artifact.bestFirst()))
                        .orElseThrow();
        };
    }

    private void remove(Artifact artifact) {
        gone.add(artifact.id());
    }

    /** Takes an artifact out of a queue. */
    void take(String id) {
        gone.add(id);
    }

    /** The branch under an artifact is no longer chosen from. */
    void prune(String root) {
        for (Artifact artifact : all) {
            if (branch(artifact).equals(root)) {
                gone.add(artifact.id());
            }
        }
    }

    /** No longer seen by the steps: a loop began anew. */
    void forget(Predicate<Artifact> which) {
        all.stream().filter(which).forEach(artifact -> {
            gone.add(artifact.id());
            forgotten.add(artifact.id());
        });
    }

    /** No longer seen, and no result. */
    void quarantine(String element, Iteration iteration) {
        all.stream()
                .filter(artifact -> artifact.element().equals(element)
                        && artifact.iteration().equals(iteration))
                .forEach(artifact -> {
                    gone.add(artifact.id());
                    quarantined.add(artifact.id());
                });
    }

    /** What steps and policies see, in the order in which it entered. */
    List<Artifact> present() {
        return all.stream().filter(artifact -> !gone.contains(artifact.id())).toList();
    }

    /** How many artifacts have entered since the one with the best score, whether they are still there or not. */
    int trialsSinceBest() {
        int since = 0;
        @Nullable Double best = null;
        for (String id : trials) {
            if (forgotten.contains(id) || quarantined.contains(id)) {
                continue;
            }
            @Nullable Double score = Objects.requireNonNull(byId.get(id)).score();
            if (score != null && (best == null || score > best)) {
                best = score;
                since = 0;
            } else {
                since++;
            }
        }
        return since;
    }

    /** What may be the run's result: whatever entered, whether it is still there or not. */
    List<Artifact> results() {
        return all.stream()
                .filter(artifact -> !quarantined.contains(artifact.id()))
                .toList();
    }

    /** The artifact with this id, or the latest with this value. */
    Optional<Artifact> find(JsonNode idOrValue) {
        Artifact byItsId = idOrValue.isTextual() ? byId.get(idOrValue.textValue()) : null;
        return byItsId != null
                ? Optional.of(byItsId)
                : all.stream()
                        .filter(artifact -> artifact.value().equals(idOrValue))
                        .reduce((first, second) -> second);
    }

    boolean contains(JsonNode value) {
        return entries.containsKey(value);
    }

    /** How often the value has entered. */
    int entries(JsonNode value) {
        return entries.getOrDefault(value, 0);
    }

    /** The id of the oldest ancestor: the branch that the artifact belongs to. */
    String branch(Artifact artifact) {
        Artifact at = artifact;
        for (Optional<Artifact> up; (up = parent(at)).isPresent(); ) {
            at = up.get();
        }
        return at.id();
    }

    int depth(Artifact artifact) {
        int depth = 1;
        Artifact at = artifact;
        for (Optional<Artifact> up; (up = parent(at)).isPresent(); depth++) {
            at = up.get();
        }
        return depth;
    }

    private Optional<Artifact> parent(Artifact artifact) {
        return artifact.parent().map(byId::get);
    }

    /** The artifacts of a branch that are still there. */
    List<Artifact> branchOf(String root) {
        return present().stream()
                .filter(artifact -> branch(artifact).equals(root))
                .toList();
    }
}
