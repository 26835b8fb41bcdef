package dev.hone.engine.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sequence flows that a block implies. A sub-process's own flows belong to it, not to the block around it. */
final class Wiring {

    private Wiring() {}

    /** The flows on the level of {@code block}, in drawing order. */
    static List<Flow> flows(Block block) {
        List<Flow> flows = new ArrayList<>();
        wire(block, flows);
        return flows;
    }

    /** The flow of a jump; it starts at the boundary event. */
    static Flow flow(Jump jump) {
        String boundary = boundaryOf(jump);
        return new Flow(
                Flow.idOf(boundary, jump.target()), boundary, jump.target(), Optional.empty(), "", Flow.Way.JUMP);
    }

    static String boundaryOf(Jump jump) {
        return jump.host() + "." + jump.code().replace(':', '.');
    }

    private static void wire(Block block, List<Flow> flows) {
        switch (block) {
            case Block.Single single -> {}
            case Block.Sequence sequence -> {
                for (int i = 0; i < sequence.blocks().size(); i++) {
                    Block next = sequence.blocks().get(i);
                    if (i > 0) {
                        connect(sequence.blocks().get(i - 1).last(), next.first(), flows);
                    }
                    wire(next, flows);
                }
            }
            case Block.Repeat repeat -> {
                connect(repeat.first(), repeat.join(), flows);
                connect(repeat.join(), repeat.body().first(), flows);
                wire(repeat.body(), flows);
                connect(repeat.body().last(), repeat.decide(), flows);
                connect(repeat.decide(), repeat.again(), flows);
                flows.add(choice(repeat.again(), repeat.join(), Program.AGAIN, "yes", Flow.Way.BACK));
                repeat.left().ifPresent(left -> connect(repeat.again(), left, flows));
            }
            case Block.Wait wait -> {
                connect(wait.ask(), wait.split(), flows);
                flows.add(choice(wait.split(), wait.person(), Program.THEN, "yes", Flow.Way.STRAIGHT));
                connect(wait.person(), wait.join(), flows);
                flows.add(plain(wait.split(), wait.join(), "no", Flow.Way.AROUND));
                flows.add(beneath(wait.person().replied(), wait.join()));
                if (wait.person().patience().isPresent()) {
                    flows.add(beneath(wait.person().timedOut(), wait.join()));
                }
                connect(wait.join(), wait.take(), flows);
            }
            case Block.Branch branch -> {
                connect(branch.test(), branch.split(), flows);
                flows.add(choice(branch.split(), branch.then().first(), Program.THEN, "yes", Flow.Way.STRAIGHT));
                wire(branch.then(), flows);
                connect(branch.then().last(), branch.join(), flows);
                branch.otherwise()
                        .ifPresentOrElse(
                                otherwise -> {
                                    flows.add(plain(branch.split(), otherwise.first(), "no", Flow.Way.DOWN));
                                    wire(otherwise, flows);
                                    flows.add(plain(otherwise.last(), branch.join(), "", Flow.Way.UP));
                                },
                                () -> flows.add(plain(branch.split(), branch.join(), "no", Flow.Way.AROUND)));
            }
        }
    }

    /** After a loop the flow goes on by default, without a condition. */
    private static void connect(Node from, Node to, List<Flow> flows) {
        flows.add(Flow.straight(from.id(), to.id()));
    }

    private static Flow plain(Node from, Node to, String label, Flow.Way way) {
        return new Flow(Flow.idOf(from.id(), to.id()), from.id(), to.id(), Optional.empty(), label, way);
    }

    private static Flow beneath(String event, Node join) {
        return new Flow(Flow.idOf(event, join.id()), event, join.id(), Optional.empty(), "", Flow.Way.BENEATH);
    }

    private static Flow choice(Node from, Node to, String go, String label, Flow.Way way) {
        String condition = Program.GO + " = \"" + go + "\"";
        return new Flow(Flow.idOf(from.id(), to.id()), from.id(), to.id(), Optional.of(condition), label, way);
    }
}
