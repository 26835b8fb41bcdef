package dev.hone.connectors.local;

import dev.hone.connectors.api.Connector;
import dev.hone.connectors.local.ListprogGrade.Input;
import dev.hone.connectors.local.ListprogGrade.Output;
import dev.hone.connectors.local.ListprogGrade.Sitting;
import dev.hone.connectors.local.ListprogRun.Case;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ListprogGradeTest extends ConnectorContract<Input, Output> {

    private static final Case SEEN = new Case(List.of(3, 4), List.of(4, 3));
    private static final ListprogTask TASK = new ListprogTask(List.of(SEEN, SEEN, SEEN, SEEN));
    private static final List<Case> HIDDEN = List.of(new Case(List.of(1, 2, 3), List.of(3, 2, 1)));

    private static Input input(List<List<List<String>>> sittings) {
        return new Input(List.of(TASK, TASK), List.of(HIDDEN, HIDDEN), sittings);
    }

    @Override
    protected Connector<Input, Output> connector() {
        return new ListprogGrade();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        // Rotating two digits looks like turning them round, and is not.
        List<List<String>> first = List.of(List.of("rotate-left", "reverse"), List.of("double", "no program"));
        List<List<String>> second = List.of(List.of("reverse", "reverse"), List.of("double", "reverse"));
        return List.of(new Example<>(
                input(List.of(first, second)),
                new Output(List.of(new Sitting(0.25, 0, 1), new Sitting(0.75, 1, 0)))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "nothing to grade by", new Input(List.of(TASK), List.of(), List.of()),
                "a sitting that is too short", input(List.of(List.of(List.of("reverse")))),
                "no tasks", new Input(List.of(), List.of(), List.of()));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }
}
