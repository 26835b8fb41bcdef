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

    /** Between lines that run down beside each other. */
    private static final int CORRIDOR = 6;

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

    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, List<Point>> lines = new LinkedHashMap<>();

    /** The height of the lines that run beneath a loop's body or a branch, by the gateway they start from. */
    private final Map<String, Integer> lanesBack = new LinkedHashMap<>();

    /** The branches in whose first way a node stands, innermost first. */
    private final Map<String, List<String>> firstWays = new LinkedHashMap<>();

    /** How a jump out of the first way of a branch comes past the second, by the id of its event, innermost first. */
    private final Map<String, List<Detour>> detours = new LinkedHashMap<>();

    private final Room room;

    private Layout(Room room) {
        this.room = room;
    }

    /** Along a lane beneath the first way, to the end of the branch. */
    private record Detour(String branch, int lane, int end) {}

    /** Places everything of a lowered workflow; keys are the ids of nodes and of flows. */
    static Layout of(Lowering.Lowered lowered) {
        Layout layout = new Layout(new Room(lowered.jumps()));
        for (Block process : lowered.called().values()) {
            Room.Extent size = layout.room.extent(process);
            layout.placeLevel(process, 160, 80 + size.up(), size);
        }
        Room.Extent main = layout.room.extent(lowered.main());
        int row = 80 + main.up();
        layout.placeLevel(lowered.main(), 160, row, main);
        int y = row + main.down() + layout.room.lanes(lowered.main()) * Room.LANE + Room.GAP;
        int x = 160;
        for (Node.Interruption interruption : lowered.interruptions()) {
            Room.Extent size = layout.room.size(interruption);
            layout.placeNode(interruption, x, y + size.up());
            x += size.width() + Room.GAP;
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

    // --- where

    /** Places the content of a process or sub-process and draws its lines. */
    private void placeLevel(Block level, int x, int row, Room.Extent extent) {
        place(level, x, row);
        for (Flow flow : Wiring.flows(level)) {
            lines.put(flow.id(), draw(flow));
        }
        int lane = row + extent.down();
        Map<String, Integer> taken = new LinkedHashMap<>();
        for (Jump jump : room.jumpsOf(level)) {
            lane += Room.LANE;
            Box host = box(jump.host());
            int n = taken.merge(jump.host(), 1, Integer::sum);
            int right = host.right() - Room.EVENT_INSET - (n - 1) * Room.EVENT_STEP;
            Box event = new Box(right - Room.EVENT, host.bottom() - Room.EVENT / 2, Room.EVENT, Room.EVENT);
            boxes.put(Wiring.boundaryOf(jump), event);
            lines.put(Wiring.flow(jump).id(), jump(jump, event, lane));
        }
    }

    /** Down to a lane beneath everything, and up to the target; out of the first way of a branch around the second. */
    private List<Point> jump(Jump jump, Box event, int lowest) {
        Box target = box(jump.target());
        List<String> inTheSame = firstWays.getOrDefault(jump.target(), List.of());
        List<Point> line = new ArrayList<>();
        line.add(new Point(event.midX(), event.bottom()));
        int x = event.midX();
        int lane = lowest;
        for (Detour detour : detours.getOrDefault(Wiring.boundaryOf(jump), List.of())) {
            if (inTheSame.contains(detour.branch())) {
                lane = detour.lane();
                break;
            }
            line.add(new Point(x, detour.lane()));
            line.add(new Point(detour.end(), detour.lane()));
            x = detour.end();
        }
        line.add(new Point(x, lane));
        line.add(new Point(target.midX(), lane));
        line.add(new Point(target.midX(), target.bottom()));
        return List.copyOf(line);
    }

    private int place(Block block, int x, int row) {
        return switch (block) {
            case Block.Single single -> placeNode(single.node(), x, row);
            case Block.Sequence sequence -> {
                int at = x;
                for (Block next : sequence.blocks()) {
                    at = place(next, at, row) + Room.GAP;
                }
                yield at - Room.GAP;
            }
            case Block.Repeat repeat -> {
                int at = placeNode(repeat.first(), x, row) + Room.GAP;
                at = placeNode(repeat.join(), at, row) + Room.GAP;
                at = place(repeat.body(), at, row) + Room.GAP;
                at = placeNode(repeat.decide(), at, row) + Room.GAP;
                at = placeNode(repeat.again(), at, row);
                if (repeat.left().isPresent()) {
                    at = placeNode(repeat.left().get(), at + Room.GAP, row);
                }
                lanesBack.put(repeat.again().id(), row + room.beneath(repeat) + Room.LANE / 2);
                yield at;
            }
            case Block.Wait wait -> {
                int at = placeNode(wait.ask(), x, row) + Room.GAP;
                at = placeNode(wait.split(), at, row) + Room.GAP;
                at = placeNode(wait.person(), at, row) + Room.GAP;
                at = placeNode(wait.join(), at, row) + Room.GAP;
                lanesBack.put(
                        wait.split().id(), row + Room.TASK_HEIGHT / 2 + Room.WAIT_LANES * Room.LANE - Room.LANE / 2);
                yield placeNode(wait.take(), at, row);
            }
            case Block.Branch branch -> {
                int at = placeNode(branch.test(), x, row) + Room.GAP;
                at = placeNode(branch.split(), at, row) + Room.GAP;
                Room.Extent then = room.extent(branch.then());
                int end = place(branch.then(), at, row);
                if (branch.otherwise().isPresent()) {
                    Block second = branch.otherwise().get();
                    Room.Extent size = room.extent(second);
                    end = Math.max(end, place(second, at, row + then.down() + room.between(branch) + size.up()));
                    detour(branch, row + then.down(), end);
                } else {
                    lanesBack.put(branch.split().id(), row + then.down() + Room.LANE / 2);
                }
                yield placeNode(branch.join(), end + Room.GAP, row);
            }
        };
    }

    /** @param end where the longer way ends */
    private void detour(Block.Branch branch, int beneath, int end) {
        String id = branch.split().id();
        Nodes.onLevel(branch.then())
                .forEach(node -> firstWays
                        .computeIfAbsent(node.id(), first -> new ArrayList<>())
                        .add(id));
        int lane = beneath - Room.LANE / 2;
        int x = end;
        for (Jump jump : room.jumpsOf(branch.then())) {
            lane += Room.LANE;
            x = Math.min(x + CORRIDOR, end + Room.GAP - CORRIDOR);
            detours.computeIfAbsent(Wiring.boundaryOf(jump), first -> new ArrayList<>())
                    .add(new Detour(id, lane, x));
        }
    }

    private int placeNode(Node node, int x, int row) {
        Room.Extent size = room.size(node);
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
        Box replied = new Box(task.right() - 10 - Room.EVENT, task.bottom() - Room.EVENT / 2, Room.EVENT, Room.EVENT);
        boxes.put(person.replied(), replied);
        lanesBack.put(person.replied(), replied.bottom() + Room.LANE / 2);
        if (person.patience().isPresent()) {
            Box timedOut = new Box(task.x() + 10, task.bottom() - Room.EVENT / 2, Room.EVENT, Room.EVENT);
            boxes.put(person.timedOut(), timedOut);
            lanesBack.put(person.timedOut(), timedOut.bottom() + Room.LANE + Room.LANE / 2);
        }
    }

    private void placeInside(Block body, Box frame) {
        Room.Extent inner = room.extent(body);
        placeLevel(body, frame.x() + Room.PADDING, frame.y() + Room.PADDING + inner.up(), inner);
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
