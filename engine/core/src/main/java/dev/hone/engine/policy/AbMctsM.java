package dev.hone.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Adaptive branching Monte Carlo tree search with a mixed model (Inoue et al. 2025). The paper fits a hierarchical model by
 * Markov chains at every node; this one is its empirical Bayes approximation: the means of a node's children are drawn
 * towards their common mean by as much as their own scores are few (James and Stein 1961), and a new child is a draw from
 * the distribution of these means. What is lost is the uncertainty of the spread itself.
 */
final class AbMctsM implements Policy<Adaptive> {

    @Override
    public String kind() {
        return "abmcts-m";
    }

    @Override
    public String says() {
        return "Grows a tree wide or deep; children of a node inform each other.";
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
                new Setting("m", 0.5, -1e9, 1e9, "The mean expected before the first score."),
                new Setting("spread", 0.2, 1e-6, 1e9, "How far apart the means of children are expected to be."),
                new Setting("noise", 0.3, 1e-6, 1e9, "How far scores of one child are expected to be apart."));
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
            Settings s = state.settings();
            Stat means = Stat.NONE;
            for (String child : children) {
                means = means.plus(state.node(Optional.of(child)).reached().mean());
            }
            double between = means.n() < 2 ? s.get("spread") * s.get("spread") : Math.max(1e-6, means.variance());
            double middle = (s.get("m") + means.sum()) / (1 + means.n());
            double fresh = middle + random.nextGaussian() * Math.sqrt(between + between / (1 + means.n()));
            String best = null;
            double most = fresh;
            for (String child : children) {
                Stat seen = state.node(Optional.of(child)).reached();
                double within = s.get("noise") * s.get("noise") / Math.max(1, seen.n());
                double share = between / (between + within);
                double mean = share * seen.mean() + (1 - share) * middle;
                double drawn = mean + random.nextGaussian() * Math.sqrt(share * within);
                if (drawn > most) {
                    most = drawn;
                    best = child;
                }
            }
            if (best == null) {
                return new Choice(at.stream().toList(), arm(state, random), Map.of());
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
        double within = s.get("noise") * s.get("noise");
        double between = s.get("spread") * s.get("spread");
        double share = between / (between + within / Math.max(1, seen.n()));
        double mean = seen.n() == 0 ? s.get("m") : share * seen.mean() + (1 - share) * s.get("m");
        double variance = seen.n() == 0 ? between : share * within / seen.n();
        return mean + random.nextGaussian() * Math.sqrt(variance);
    }
}
