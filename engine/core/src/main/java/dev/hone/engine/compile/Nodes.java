package dev.hone.engine.compile;

import java.util.List;
import java.util.stream.Stream;

/** The nodes of a block, in drawing order. */
final class Nodes {

    private Nodes() {}

    /** Those of the block's own level; the inside of a sub-process is another level. */
    static List<Node> onLevel(Block block) {
        return stream(block).toList();
    }

    private static Stream<Node> stream(Block block) {
        return switch (block) {
            case Block.Single single -> Stream.of(single.node());
            case Block.Sequence sequence -> sequence.blocks().stream().flatMap(Nodes::stream);
            case Block.Repeat repeat ->
                Stream.of(
                                Stream.of(repeat.first(), repeat.join()),
                                stream(repeat.body()),
                                Stream.of(repeat.decide(), repeat.again()),
                                repeat.left().stream())
                        .flatMap(nodes -> nodes);
            case Block.Wait wait -> Stream.of(wait.ask(), wait.split(), wait.person(), wait.join(), wait.take());
            case Block.Branch branch ->
                Stream.of(
                                Stream.of(branch.test(), branch.split()),
                                stream(branch.then()),
                                branch.otherwise().stream().flatMap(Nodes::stream),
                                Stream.of(branch.join()))
                        .flatMap(nodes -> nodes);
        };
    }
}
