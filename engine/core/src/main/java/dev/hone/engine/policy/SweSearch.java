package dev.hone.engine.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The selection of SWE-Search (Antoniades et al. 2024): of all nodes with room the one with the highest bound, less for
 * depth and for a parent that has many children already, more for a node that is better than its parent.
 */
final class SweSearch implements Policy<Branches> {

    @Override
    public String kind() {
        return "swe-search";
    }

    @Override
    public String says() {
        return "Takes the node with the highest bound of all, less for depth and breadth, more for progress.";
    }

    @Override
    public Over over() {
        return Over.TREE;
    }

    @Override
    public Set<Class<? extends Outcome>> learnsFrom() {
        return Set.of(Outcome.Scored.class, Outcome.Failed.class);
    }

    @Override
    public List<Setting> settings() {
        return Range.and(
                new Setting("c", 1.4142135623730951, 0, 100, "How much is explored."),
                new Setting("depthPenalty", 0.008, 0, 100, "What each root of the depth costs."),
                new Setting("breadthPenalty", 0.05, 0, 100, "What each child that is there already costs."),
                new Setting("progressBonus", 0.1, 0, 100, "What a score higher than the parent gives."),
                new Setting("width", 3, 1, 1000, "The most children of a node."),
                new Setting("depth", 100, 1, 10000, "The deepest node that is gone on from."));
    }

    @Override
    public Branches start(Settings settings, List<String> arms) {
        return Branches.start(settings);
    }

    @Override
    public Branches asked(Branches state, Trial trial) {
        return state.asked(trial);
    }

    @Override
    public Branches told(Branches state, Trial trial, Outcome outcome) throws BadOutcome {
        return state.told(trial, outcome);
    }

    @Override
    public Optional<String> recommend(Branches state, Situation now) {
        return state.best(now);
    }

    @Override
    public Choice choose(Branches state, Situation now, RandomGenerator random) {
        Settings s = state.settings();
        String best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (Option option : now.options()) {
            Branches.Node node = state.nodes().get(option.id());
            if (node == null) {
                continue;
            }
            int children = state.children(Optional.of(option.id()), now).size() + node.pending();
            if (children < s.get("width") && node.depth() < s.get("depth")) {
                double value = value(state, node, children);
                if (value > most) {
                    most = value;
                    best = option.id();
                }
            }
        }
        return new Choice(best == null ? List.of() : List.of(best), Optional.empty(), Map.of());
    }

    private static double value(Branches state, Branches.Node node, int children) {
        Settings s = state.settings();
        double parentVisits = node.parent()
                .map(id -> state.node(id).under().n())
                .orElse(Math.max(1, state.all().n()));
        double parentOwn = node.parent().map(id -> state.node(id).own()).orElse(s.get("least"));
        double explore = s.get("c")
                * Math.sqrt(Math.log(Math.max(1, parentVisits))
                        / Math.max(1, node.under().n()));
        double progress = node.own() > parentOwn ? s.get("progressBonus") : 0;
        return Range.unit(s, node.under().mean())
                + explore
                + progress
                - s.get("depthPenalty") * Math.sqrt(node.depth())
                - s.get("breadthPenalty") * children;
    }
}
