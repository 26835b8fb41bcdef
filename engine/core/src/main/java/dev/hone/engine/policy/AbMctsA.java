package dev.hone.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Adaptive branching Monte Carlo tree search with node aggregation (Inoue et al. 2025): at every node Thompson sampling
 * decides between a new child (GEN) and going on with one that is there (CONT), so a tree grows wide or deep as scores ask.
 */
final class AbMctsA implements Policy<Adaptive> {

    @Override
    public String kind() {
        return "abmcts-a";
    }

    @Override
    public String says() {
        return "Grows a tree wide or deep, as the scores ask, by Thompson sampling.";
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
                new Setting("m", 0, -1e9, 1e9, "The mean expected before the first score."),
                new Setting("kappa", 1, 1e-6, 1e6, "How many scores that expectation is worth."),
                new Setting("nu", 1, 1e-3, 1e6, "How many scores the expected variance is worth."),
                new Setting("tau2", 0.1, 1e-9, 1e9, "The variance expected before the first score."),
                new Setting("beta", 0, 0, 1, "1: a beta posterior with half a success and half a failure."),
                new Setting("firstWidth", 1, 1, 1000, "How many children a node gets before going on is considered."));
    }

    @Override
    public Adaptive start(Settings settings, List<String> arms) {
        return Adaptive.start(settings, arms);
    }

    @Override
    public Adaptive told(Adaptive state, Trial trial, Outcome outcome) throws BadOutcome {
        return state.told(trial, outcome);
    }

    @Override
    public Optional<String> recommend(Adaptive state, Situation now) {
        return state.best(now);
    }

    @Override
    public Choice choose(Adaptive state, Situation now, RandomGenerator random) {
        Optional<String> at = Optional.empty();
        while (true) {
            Adaptive.Node node = state.node(at);
            List<String> children = new ArrayList<>();
            for (String child : node.children()) {
                if (now.has(child)) {
                    children.add(child);
                }
            }
            if (children.isEmpty()) {
                return new Choice(at.stream().toList(), arm(state, random), Map.of());
            }
            boolean wider = children.size() < state.settings().get("firstWidth")
                    && node.children().size() < state.settings().get("firstWidth");
            if (wider || draw(state, node.gen(), random) > draw(state, node.cont(), random)) {
                return new Choice(at.stream().toList(), arm(state, random), Map.of());
            }
            String best = children.getFirst();
            double most = Double.NEGATIVE_INFINITY;
            for (String child : children) {
                double drawn = draw(state, state.node(Optional.of(child)).reached(), random);
                if (drawn > most) {
                    most = drawn;
                    best = child;
                }
            }
            at = Optional.of(best);
        }
    }

    /** The model whose drawn mean is highest. */
    private static Optional<String> arm(Adaptive state, RandomGenerator random) {
        String best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (String arm : state.arms()) {
            double drawn = draw(state, state.models().get(arm, Stat.NONE), random);
            if (drawn > most) {
                most = drawn;
                best = arm;
            }
        }
        return Optional.ofNullable(best);
    }

    private static double draw(Adaptive state, Stat seen, RandomGenerator random) {
        Settings s = state.settings();
        if (s.get("beta") > 0.5) {
            double successes = seen.n() == 0 ? 0 : seen.n() * Range.unit(s, seen.mean());
            return Draws.beta(0.5 + successes, 0.5 + seen.n() - successes, random);
        }
        return Draws.meanOf(seen, s.get("m"), s.get("kappa"), s.get("nu"), s.get("tau2"), random);
    }
}
