package dev.hone.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of adaptive branching: for every node what came of new children (GEN), of going on with those it has (CONT),
 * and of each child.
 *
 * @param root the node that nothing was made from
 * @param models what came of each arm
 */
public record Adaptive(Settings settings, List<String> arms, Node root, Trie<Node> nodes, Trie<Stat> models) {

    /**
     * @param children in the order in which they came
     * @param gen the scores of children that were made here
     * @param cont the scores of everything made further down
     * @param reached the scores of the node and of what was made under it
     */
    record Node(Optional<String> parent, List<String> children, Stat gen, Stat cont, Stat reached, double own) {

        Node(Optional<String> parent, double own) {
            this(parent, List.of(), Stat.NONE, Stat.NONE, Stat.NONE.plus(own), own);
        }
    }

    static Adaptive start(Settings settings, List<String> arms) {
        return new Adaptive(
                settings,
                arms,
                new Node(Optional.empty(), List.of(), Stat.NONE, Stat.NONE, Stat.NONE, 0),
                Trie.empty(),
                Trie.empty());
    }

    Node node(Optional<String> id) {
        return id.map(known -> java.util.Objects.requireNonNull(nodes.get(known)))
                .orElse(root);
    }

    Adaptive told(Trial trial, Outcome outcome) throws BadOutcome {
        if (outcome instanceof Outcome.Failed) {
            return this;
        }
        if (!(outcome instanceof Outcome.Scored(double score, Optional<String> made))) {
            throw new BadOutcome("it learns from a score, not from " + outcome);
        }
        Range.check(settings, score);
        Optional<String> parent = trial.choice().picks().stream().findFirst().filter(id -> nodes.get(id) != null);
        boolean fresh = made.isPresent() && nodes.get(made.get()) == null;
        Node at = node(parent);
        Node grown = new Node(
                at.parent(),
                fresh ? plus(at.children(), made.get()) : at.children(),
                at.gen().plus(score),
                at.cont(),
                parent.isPresent() ? at.reached().plus(score) : at.reached(),
                at.own());
        Adaptive next = put(parent, grown);
        if (fresh) {
            next = next.put(made, new Node(parent, score));
        }
        for (Optional<String> below = parent; below.isPresent(); ) {
            Optional<String> above = next.node(below).parent();
            Node node = next.node(above);
            next = next.put(
                    above,
                    new Node(
                            node.parent(),
                            node.children(),
                            node.gen(),
                            node.cont().plus(score),
                            above.isPresent() ? node.reached().plus(score) : node.reached(),
                            node.own()));
            below = above;
        }
        Trie<Stat> known = trial.choice()
                .arm()
                .map(arm -> models.with(arm, Stat.NONE, stat -> stat.plus(score)))
                .orElse(models);
        return new Adaptive(settings, arms, next.root(), next.nodes(), known);
    }

    private Adaptive put(Optional<String> id, Node node) {
        return id.isPresent()
                ? new Adaptive(settings, arms, root, nodes.put(id.get(), node), models)
                : new Adaptive(settings, arms, node, nodes, models);
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
                .max(java.util.Comparator.comparingDouble(
                        id -> node(Optional.of(id)).own()));
    }
}
