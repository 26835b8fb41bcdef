package dev.hone.engine.compile;

import java.util.ArrayList;
import java.util.List;

/** How much room everything in a diagram needs, in pixels. */
final class Room {

    static final int GAP = 50;
    static final int LANE = 30;
    /** Beneath a person's task: the message, the timer, and the way around it. */
    static final int WAIT_LANES = 4;

    static final int PADDING = 40;
    static final int TASK_WIDTH = 100;
    static final int TASK_HEIGHT = 80;
    static final int EVENT = 36;
    static final int GATEWAY = 50;

    /** From the corner of a task to its first event, and from one event to the next. */
    static final int EVENT_INSET = 10;

    static final int EVENT_STEP = EVENT + 6;

    /** The room a block needs: its width, and how far it reaches above and below its row. */
    record Extent(int width, int up, int down) {
        static final Extent NONE = new Extent(0, 0, 0);

        Extent beside(Extent other) {
            int gap = width > 0 && other.width > 0 ? GAP : 0;
            return new Extent(width + gap + other.width, Math.max(up, other.up), Math.max(down, other.down));
        }

        Extent reaching(int deeper) {
            return new Extent(width, up, Math.max(down, deeper));
        }
    }

    private final List<Jump> jumps;

    Room(List<Jump> jumps) {
        this.jumps = jumps;
    }

    /** The room of a block and of what hangs from it. */
    Extent extent(Block block) {
        return switch (block) {
            case Block.Single single -> room(single.node());
            case Block.Sequence sequence ->
                sequence.blocks().stream().map(this::extent).reduce(Extent.NONE, Extent::beside);
            case Block.Repeat repeat -> {
                Extent body = extent(repeat.body());
                Extent whole = size(repeat.first())
                        .beside(size(repeat.join()))
                        .beside(body)
                        .beside(room(repeat.decide()))
                        .beside(size(repeat.again()));
                if (repeat.left().isPresent()) {
                    whole = whole.beside(size(repeat.left().get()));
                }
                yield whole.reaching(beneath(repeat) + LANE);
            }
            case Block.Wait wait ->
                size(wait.ask())
                        .beside(size(wait.split()))
                        .beside(size(wait.person()))
                        .beside(size(wait.join()))
                        .beside(room(wait.take()))
                        .reaching(TASK_HEIGHT / 2 + WAIT_LANES * LANE);
            case Block.Branch branch -> {
                Extent then = extent(branch.then());
                Extent second = branch.otherwise().map(this::extent).orElse(Extent.NONE);
                Extent ways = new Extent(Math.max(then.width(), second.width()), then.up(), then.down());
                yield size(branch.test())
                        .beside(size(branch.split()))
                        .beside(ways)
                        .beside(size(branch.join()))
                        .reaching(then.down() + between(branch) + second.up() + second.down());
            }
        };
    }

    /** How far the body of a loop reaches beneath its row. */
    int beneath(Block.Repeat repeat) {
        return Math.max(extent(repeat.body()).down(), room(repeat.decide()).down());
    }

    /** The height between the two ways of a branch: the jumps out of the first one run there. */
    int between(Block.Branch branch) {
        return LANE
                * (1 + (branch.otherwise().isPresent() ? jumpsOf(branch.then()).size() : 0));
    }

    /** A node with the events on its lower edge. */
    private Extent room(Node node) {
        Extent size = size(node);
        return events(node.id()) > 0 ? size.reaching(size.down() + EVENT / 2) : size;
    }

    /** How many jumps are caught at a node. */
    private int events(String node) {
        return (int) jumps.stream()
                .filter(jump -> jump.host().equals(node))
                .map(Wiring::boundaryOf)
                .distinct()
                .count();
    }

    /** The node itself. */
    Extent size(Node node) {
        return switch (node) {
            case Node.Task task ->
                new Extent(
                        Math.max(TASK_WIDTH, events(task.id()) * EVENT_STEP + 2 * EVENT_INSET),
                        TASK_HEIGHT / 2,
                        TASK_HEIGHT / 2);
            case Node.Start start -> event();
            case Node.End end -> event();
            case Node.FirstRound first -> event();
            case Node.Person person -> new Extent(TASK_WIDTH, TASK_HEIGHT / 2, TASK_HEIGHT / 2);
            case Node.Called called -> new Extent(TASK_WIDTH, TASK_HEIGHT / 2, TASK_HEIGHT / 2);
            case Node.Gateway gateway -> new Extent(GATEWAY, GATEWAY / 2, GATEWAY / 2);
            case Node.Fan fan -> framed(fan.body());
            case Node.Interruption interruption -> framed(interruption.body());
        };
    }

    private static Extent event() {
        return new Extent(EVENT, EVENT / 2, EVENT / 2);
    }

    private Extent framed(Block body) {
        Extent inner = extent(body);
        return new Extent(
                inner.width() + 2 * PADDING, inner.up() + PADDING, inner.down() + lanes(body) * LANE + PADDING);
    }

    /** The jumps that are caught on this level, each in a lane of its own. */
    int lanes(Block level) {
        return jumpsOf(level).size();
    }

    List<Jump> jumpsOf(Block level) {
        List<String> here = new ArrayList<>();
        Nodes.onLevel(level).forEach(node -> here.add(node.id()));
        List<String> seen = new ArrayList<>();
        List<Jump> mine = new ArrayList<>();
        for (Jump jump : jumps) {
            if (here.contains(jump.host()) && !seen.contains(Wiring.boundaryOf(jump))) {
                seen.add(Wiring.boundaryOf(jump));
                mine.add(jump);
            }
        }
        return mine;
    }
}
