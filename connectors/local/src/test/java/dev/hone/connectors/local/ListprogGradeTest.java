package dev.hone.connectors.local;

import dev.hone.connectors.api.Connector;
import dev.hone.connectors.local.ListprogGrade.Input;
import dev.hone.connectors.local.ListprogGrade.Output;
import dev.hone.connectors.local.ListprogGrade.Page;
import dev.hone.connectors.local.ListprogGrade.Sitting;
import dev.hone.connectors.local.ListprogRun.Case;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class ListprogGradeTest extends ConnectorContract<Input, Output> {

    private static final Case SEEN = new Case(List.of(3, 4), List.of(4, 3));
    private static final ListprogTask TASK = new ListprogTask(List.of(SEEN, SEEN, SEEN, SEEN));
    private static final List<Case> HIDDEN = List.of(new Case(List.of(1, 2, 3), List.of(3, 2, 1)));

    private static Input input(Optional<Integer> chosen, List<List<Page>> sittings) {
        return new Input(List.of(TASK, TASK), List.of(HIDDEN, HIDDEN), sittings, chosen);
    }

    @Override
    protected Connector<Input, Output> connector() {
        return new ListprogGrade();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        // Rotating two digits looks like turning them round, and is not.
        List<Page> first = List.of(new Page(1, List.of(List.of("rotate-left", "reverse"))));
        List<Page> second = List.of(
                new Page(2, List.of(List.of("double", "reverse"))),
                new Page(1, List.of(List.of("reverse", "reverse"))));
        Sitting before = new Sitting(0.25, 0, 1);
        Sitting after = new Sitting(0.75, 1, 0);
        return List.of(
                new Example<>(
                        input(Optional.empty(), List.of(first, second)),
                        new Output(before, after, List.of(before, after))),
                new Example<>(
                        input(Optional.of(1), List.of(first, second)),
                        new Output(before, before, List.of(before, after))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        List<Page> beyond = List.of(new Page(2, List.of(List.of(), List.of())));
        return Map.of(
                "nothing to grade by", new Input(List.of(TASK), List.of(), List.of(List.of()), Optional.empty()),
                "a page beyond the exam", input(Optional.empty(), List.of(beyond)),
                "a sitting that was not", input(Optional.of(2), List.of(List.of())),
                "no sitting", input(Optional.empty(), List.of()),
                "no tasks", new Input(List.of(), List.of(), List.of(List.of()), Optional.empty()));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }
}
