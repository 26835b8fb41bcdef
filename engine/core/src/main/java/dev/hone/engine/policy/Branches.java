package dev.hone.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of policies over a tree: who descends from whom, and what was scored under each node.
 *
 * @param roots the nodes without a parent, in the order in which they came
 * @param all statistics of the tree as a whole
 */
public record Branches(Settings settings, Trie<Node> nodes, List<String> roots, Stat all) {

    /**
     * @param parent empty for a root
     * @param children in the order in which they came
     * @param under the scores of the node and of all that descends from it
     * @param pending open trials that began here
     */
    record Node(Optional<String> parent, List<String> children, Stat under, double own, int depth, int pending) {}

    static Branches start(Settings settings) {
        return new Branches(settings, Trie.empty(), List.of(), Stat.NONE);
    }

    /** The children of a node, or the roots, that may still be chosen. */
    List<String> children(Optional<String> node, Situation now) {
        List<String> children = node.map(
                        id -> java.util.Objects.requireNonNull(nodes.get(id)).children())
                .orElse(roots);
        return children.stream().filter(now::has).toList();
    }

    Node node(String id) {
        return java.util.Objects.requireNonNull(nodes.get(id), id);
    }

    Branches asked(Trial trial) {
        if (trial.choice().picks().isEmpty() || nodes.get(trial.choice().picks().getFirst()) == null) {
            return this;
        }
        String at = trial.choice().picks().getFirst();
        Node node = node(at);
        return new Branches(
                settings,
                nodes.put(
                        at,
                        new Node(
                                node.parent(),
                                node.children(),
                                node.under(),
                                node.own(),
                                node.depth(),
                                node.pending() + 1)),
                roots,
                all);
    }

    Branches told(Trial trial, Outcome outcome) throws BadOutcome {
        if (outcome instanceof Outcome.Failed) {
            return this;
        }
        if (!(outcome instanceof Outcome.Scored(double score, Optional<String> made))) {
            throw new BadOutcome("it learns from a score, not from " + outcome);
        }
        Range.check(settings, score);
        Optional<String> parent = trial.choice().picks().stream().findFirst().filter(id -> nodes.get(id) != null);
        Trie<Node> changed = nodes;
        List<String> first = roots;
        if (made.isPresent() && nodes.get(made.get()) == null) {
            int depth = parent.map(id -> node(id).depth() + 1).orElse(1);
            changed = changed.put(made.get(), new Node(parent, List.of(), Stat.NONE.plus(score), score, depth, 0));
            if (parent.isPresent()) {
                Node node = java.util.Objects.requireNonNull(changed.get(parent.get()));
                changed = changed.put(
                        parent.get(),
                        new Node(
                                node.parent(),
                                plus(node.children(), made.get()),
                                node.under(),
                                node.own(),
                                node.depth(),
                                Math.max(0, node.pending() - 1)));
            } else {
                first = plus(roots, made.get());
            }
        }
        for (Optional<String> at = parent; at.isPresent(); ) {
            Node node = java.util.Objects.requireNonNull(changed.get(at.get()));
            changed = changed.put(
                    at.get(),
                    new Node(
                            node.parent(),
                            node.children(),
                            node.under().plus(score),
                            node.own(),
                            node.depth(),
                            node.pending()));
            at = node.parent();
        }
        return new Branches(settings, changed, first, all.plus(score));
    }

    private static List<String> plus(List<String> list, String item) {
        List<String> longer = new ArrayList<>(list.size() + 1);
        longer.addAll(list);
        longer.add(item);
        return java.util.Collections.unmodifiableList(longer);
    }

    /** The node with the highest score of its own. */
    Optional<String> best(Situation now) {
        return now.options().stream()
                .map(Option::id)
                .filter(id -> nodes.get(id) != null)
                .max(java.util.Comparator.comparingDouble(id -> node(id).own()));
    }
}
