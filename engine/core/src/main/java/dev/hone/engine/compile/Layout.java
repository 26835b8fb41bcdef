package dev.hone.engine.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the diagram's shapes stand and how its lines run, in pixels.
 *
 * <p>The happy path is one row. Lines that go back to a loop's start run beneath its body, the second branch of a choice
 * stands beneath the first, and the lines of rules that jump run in lanes beneath everything of their level.
 */
final class Layout {

    static final int GAP = 50;
    private static final int LANE = 30;
    /** Beneath a person's task: the message, the timer, and the way around it. */
    private static final int WAIT_LANES = 4;

    private static final int PADDING = 40;
    private static final int TASK_WIDTH = 100;
    private static final int TASK_HEIGHT = 80;
    private static final int EVENT = 36;
    private static final int GATEWAY = 50;

    record Box(int x, int y, int width, int height) {
        int right() {
            return x + width;
        }

        int bottom() {
            return y + height;
        }

        int midX() {
            return x + width / 2;
        }

        int midY() {
            return y + height / 2;
        }
    }

    record Point(int x, int y) {}

    /** The room a block needs: its width, and how far it reaches above and below its row. */
    private record Extent(int width, int up, int down) {
        static final Extent NONE = new Extent(0, 0, 0);

        Extent beside(Extent other) {
            int gap = width > 0 && other.width > 0 ? GAP : 0;
            return new Extent(width + gap + other.width, Math.max(up, other.up), Math.max(down, other.down));
        }

        Extent reaching(int deeper) {
            return new Extent(width, up, Math.max(down, deeper));
        }
    }

    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, List<Point>> lines = new LinkedHashMap<>();
    private final List<Jump> jumps;

    private Layout(List<Jump> jumps) {
        this.jumps = jumps;
    }

    /** Places everything of a lowered workflow; keys are the ids of nodes and of flows. */
    static Layout of(Lowering.Lowered lowered) {
        Layout layout = new Layout(lowered.jumps());
        for (Block process : lowered.called().values()) {
            Extent size = layout.extent(process);
            layout.placeLevel(process, 160, 80 + size.up(), size);
        }
        Extent main = layout.extent(lowered.main());
        int row = 80 + main.up();
        layout.placeLevel(lowered.main(), 160, row, main);
        int y = row + main.down() + layout.lanes(lowered.main()) * LANE + GAP;
        int x = 160;
        for (Node.Interruption interruption : lowered.interruptions()) {
            Extent size = layout.size(interruption);
            layout.placeNode(interruption, x, y + size.up());
            x += size.width() + GAP;
        }
        return layout;
    }

    Box box(String node) {
        return found(boxes.get(node), node);
    }

    List<Point> line(String flow) {
        return found(lines.get(flow), flow);
    }

    private static <T> T found(@org.jspecify.annotations.Nullable T thing, String id) {
        if (thing == null) {
            throw new IllegalStateException("not placed: " + id);
        }
        return thing;
    }

    // --- how much room

    private Extent extent(Block block) {
        return switch (block) {
            case Block.Single single -> size(single.node());
            case Block.Sequence sequence ->
                sequence.blocks().stream().map(this::extent).reduce(Extent.NONE, Extent::beside);
            case Block.Repeat repeat -> {
                Extent body = extent(repeat.body());
                Extent whole = size(repeat.first())
                        .beside(size(repeat.join()))
                        .beside(body)
                        .beside(size(repeat.decide()))
                        .beside(size(repeat.again()));
                if (repeat.left().isPresent()) {
                    whole = whole.beside(size(repeat.left().get()));
                }
                yield whole.reaching(Math.max(body.down(), TASK_HEIGHT / 2) + LANE);
            }
            case Block.Wait wait ->
                size(wait.ask())
                        .beside(size(wait.split()))
                        .beside(size(wait.person()))
                        .beside(size(wait.join()))
                        .beside(size(wait.take()))
                        .reaching(TASK_HEIGHT / 2 + WAIT_LANES * LANE);
            case Block.Branch branch -> {
                Extent then = extent(branch.then());
                Extent second = branch.otherwise().map(this::extent).orElse(Extent.NONE);
                Extent ways = new Extent(Math.max(then.width(), second.width()), then.up(), then.down());
                yield size(branch.test())
                        .beside(size(branch.split()))
                        .beside(ways)
                        .beside(size(branch.join()))
                        .reaching(then.down() + LANE + second.up() + second.down());
            }
        };
    }

    private Extent size(Node node) {
        return switch (node) {
            case Node.Task task -> new Extent(TASK_WIDTH, TASK_HEIGHT / 2, TASK_HEIGHT / 2);
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
    private int lanes(Block level) {
        return jumpsOf(level).size();
    }

    private List<Jump> jumpsOf(Block level) {
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

    // --- where

    /** Places the content of a process or sub-process and draws its lines. */
    private void placeLevel(Block level, int x, int row, Extent extent) {
        place(level, x, row);
        for (Flow flow : Wiring.flows(level)) {
            lines.put(flow.id(), draw(flow));
        }
        int lane = row + extent.down();
        Map<String, Integer> taken = new LinkedHashMap<>();
        for (Jump jump : jumpsOf(level)) {
            lane += LANE;
            Box host = box(jump.host());
            int n = taken.merge(jump.host(), 1, Integer::sum);
            int right = host.right() - 10 - (n - 1) * (EVENT + 6);
            Box event = new Box(right - EVENT, host.bottom() - EVENT / 2, EVENT, EVENT);
            boxes.put(Wiring.boundaryOf(jump), event);
            Box target = box(jump.target());
            lines.put(
                    Wiring.flow(jump).id(),
                    List.of(
                            new Point(event.midX(), event.bottom()),
                            new Point(event.midX(), lane),
                            new Point(target.midX(), lane),
                            new Point(target.midX(), target.bottom())));
        }
    }

    private int place(Block block, int x, int row) {
        return switch (block) {
            case Block.Single single -> placeNode(single.node(), x, row);
            case Block.Sequence sequence -> {
                int at = x;
                for (Block next : sequence.blocks()) {
                    at = place(next, at, row) + GAP;
                }
                yield at - GAP;
            }
            case Block.Repeat repeat -> {
                int at = placeNode(repeat.first(), x, row) + GAP;
                at = placeNode(repeat.join(), at, row) + GAP;
                at = place(repeat.body(), at, row) + GAP;
                at = placeNode(repeat.decide(), at, row) + GAP;
                at = placeNode(repeat.again(), at, row);
                if (repeat.left().isPresent()) {
                    at = placeNode(repeat.left().get(), at + GAP, row);
                }
                int beneath = row + Math.max(extent(repeat.body()).down(), TASK_HEIGHT / 2) + LANE / 2;
                lanesBack.put(repeat.again().id(), beneath);
                yield at;
            }
            case Block.Wait wait -> {
                int at = placeNode(wait.ask(), x, row) + GAP;
                at = placeNode(wait.split(), at, row) + GAP;
                at = placeNode(wait.person(), at, row) + GAP;
                at = placeNode(wait.join(), at, row) + GAP;
                lanesBack.put(wait.split().id(), row + TASK_HEIGHT / 2 + WAIT_LANES * LANE - LANE / 2);
                yield placeNode(wait.take(), at, row);
            }
            case Block.Branch branch -> {
                int at = placeNode(branch.test(), x, row) + GAP;
                at = placeNode(branch.split(), at, row) + GAP;
                Extent then = extent(branch.then());
                int end = place(branch.then(), at, row);
                if (branch.otherwise().isPresent()) {
                    Block second = branch.otherwise().get();
                    Extent size = extent(second);
                    end = Math.max(end, place(second, at, row + then.down() + LANE + size.up()));
                } else {
                    lanesBack.put(branch.split().id(), row + then.down() + LANE / 2);
                }
                yield placeNode(branch.join(), end + GAP, row);
            }
        };
    }

    /** The height of the lines that run beneath a loop's body or a branch, by the gateway they start from. */
    private final Map<String, Integer> lanesBack = new LinkedHashMap<>();

    private int placeNode(Node node, int x, int row) {
        Extent size = size(node);
        Box box = new Box(x, row - size.up(), size.width(), size.up() + size.down());
        boxes.put(node.id(), box);
        switch (node) {
            case Node.Fan fan -> placeInside(fan.body(), box);
            case Node.Interruption interruption -> placeInside(interruption.body(), box);
            case Node.Task task -> {}
            case Node.Start start -> {}
            case Node.End end -> {}
            case Node.FirstRound first -> {}
            case Node.Called called -> {}
            case Node.Person person -> placeEvents(person, box);
            case Node.Gateway gateway -> {}
        }
        return box.right();
    }

    /** The message on the right of the task's lower edge, the timer on the left; the lines of the two do not cross. */
    private void placeEvents(Node.Person person, Box task) {
        Box replied = new Box(task.right() - 10 - EVENT, task.bottom() - EVENT / 2, EVENT, EVENT);
        boxes.put(person.replied(), replied);
        lanesBack.put(person.replied(), replied.bottom() + LANE / 2);
        if (person.patience().isPresent()) {
            Box timedOut = new Box(task.x() + 10, task.bottom() - EVENT / 2, EVENT, EVENT);
            boxes.put(person.timedOut(), timedOut);
            lanesBack.put(person.timedOut(), timedOut.bottom() + LANE + LANE / 2);
        }
    }

    private void placeInside(Block body, Box frame) {
        Extent inner = extent(body);
        placeLevel(body, frame.x() + PADDING, frame.y() + PADDING + inner.up(), inner);
    }

    // --- lines

    private List<Point> draw(Flow flow) {
        Box from = box(flow.from());
        Box to = box(flow.to());
        return switch (flow.way()) {
            case STRAIGHT -> List.of(new Point(from.right(), from.midY()), new Point(to.x(), to.midY()));
            case BACK, AROUND, BENEATH -> {
                int beneath = found(lanesBack.get(flow.from()), flow.from());
                yield List.of(
                        new Point(from.midX(), from.bottom()),
                        new Point(from.midX(), beneath),
                        new Point(to.midX(), beneath),
                        new Point(to.midX(), to.bottom()));
            }
            case DOWN ->
                List.of(
                        new Point(from.midX(), from.bottom()),
                        new Point(from.midX(), to.midY()),
                        new Point(to.x(), to.midY()));
            case UP ->
                List.of(
                        new Point(from.right(), from.midY()),
                        new Point(to.midX(), from.midY()),
                        new Point(to.midX(), to.bottom()));
            case JUMP -> throw new IllegalStateException("jumps are drawn with their lanes: " + flow.id());
        };
    }
}
