package dev.hone.engine.compile;

import java.util.List;
import java.util.Optional;

/** The structure of the diagram: flows and positions follow from it. */
sealed interface Block {

    record Single(Node node) implements Block {}

    record Sequence(List<Block> blocks) implements Block {}

    /**
     * A body that is repeated: first, join, body, decide, again?, and, where rules leave it early, the join behind it.
     */
    record Repeat(
            Node.FirstRound first,
            Node.Gateway join,
            Block body,
            Node.Task decide,
            Node.Gateway again,
            Optional<Node.Gateway> left)
            implements Block {}

    /** Two ways, the second one perhaps empty. */
    record Branch(Node.Task test, Node.Gateway split, Block then, Optional<Block> otherwise, Node.Gateway join)
            implements Block {}

    /** A question to a person: put it, wait?, the person, join, take the answer. */
    record Wait(Node.Task ask, Node.Gateway split, Node.Person person, Node.Gateway join, Node.Task take)
            implements Block {}

    /** The first node of a block that is never empty. */
    default Node first() {
        return switch (this) {
            case Single s -> s.node();
            case Sequence s -> s.blocks().getFirst().first();
            case Repeat r -> r.first();
            case Branch b -> b.test();
            case Wait w -> w.ask();
        };
    }

    default Node last() {
        return switch (this) {
            case Single s -> s.node();
            case Sequence s -> s.blocks().getLast().last();
            case Repeat r -> r.left().map(n -> n).orElse(r.again());
            case Branch b -> b.join();
            case Wait w -> w.take();
        };
    }
}
