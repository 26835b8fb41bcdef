package dev.hone.engine.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Upper confidence bounds for trees (Kocsis and Szepesvári 2006), as language agent tree search uses them (Zhou et al.
 * 2024): from the root to the child with the highest bound until a node has room for another child.
 */
final class Uct implements Policy<Branches> {

    @Override
    public String kind() {
        return "uct";
    }

    @Override
    public String says() {
        return "Descends a tree by upper confidence bounds to a node that has room for another child.";
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
                new Setting("c", 1, 0, 100, "How much is explored."),
                new Setting("width", 5, 1, 1000, "The most children of a node."),
                new Setting("depth", 7, 1, 1000, "The deepest node that is gone on from."));
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
        int width = state.settings().whole("width");
        int depth = state.settings().whole("depth");
        Optional<String> at = Optional.empty();
        double visits = Math.max(1, state.all().n());
        while (true) {
            List<String> children = state.children(at, now).stream()
                    .filter(child -> state.node(child).depth() < depth
                            || !state.children(Optional.of(child), now).isEmpty())
                    .toList();
            int room = at.map(id -> state.node(id).pending()).orElse(0);
            boolean full = state.children(at, now).size() + room >= width;
            if (children.isEmpty() || !full) {
                return new Choice(at.stream().toList(), Optional.empty(), Map.of());
            }
            double total = visits;
            String best = children.getFirst();
            double most = Double.NEGATIVE_INFINITY;
            for (String child : children) {
                double bound = bound(state, state.node(child), total);
                if (bound > most) {
                    most = bound;
                    best = child;
                }
            }
            at = Optional.of(best);
            visits = Math.max(1, state.node(best).under().n());
        }
    }

    private static double bound(Branches state, Branches.Node node, double total) {
        double n = node.under().n() + node.pending();
        return Range.unit(state.settings(), node.under().mean())
                + state.settings().get("c") * Math.sqrt(Math.log(Math.max(1, total)) / Math.max(1, n));
    }
}
