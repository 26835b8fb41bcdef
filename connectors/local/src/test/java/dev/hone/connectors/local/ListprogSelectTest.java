package dev.hone.connectors.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.ListprogAdapter.Answer;
import dev.hone.connectors.local.ListprogRun.Case;
import dev.hone.connectors.local.ListprogSelect.Input;
import dev.hone.connectors.local.ListprogSelect.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListprogSelectTest extends ConnectorContract<Input, Output> {

    private static final ListprogTask TURNED = task(List.of(1, 2, 3), List.of(3, 2, 1), List.of(4, 5), List.of(5, 4));
    private static final ListprogTask SORTED = task(List.of(3, 1, 2), List.of(1, 2, 3), List.of(9, 8), List.of(8, 9));
    private static final List<List<String>> DRAWN = List.of(
            List.of("double", "reverse", "sort-down | reverse | reverse", "no program", "reverse"),
            List.of("sort-up", "double"));

    private static ListprogTask task(List<Integer> in, List<Integer> out, List<Integer> in2, List<Integer> out2) {
        Case one = new Case(in, out);
        Case two = new Case(in2, out2);
        return new ListprogTask(List.of(one, two, one, two));
    }

    private static Input input(List<List<String>> programs, int most, String keep) {
        return new Input(List.of(TURNED, SORTED), programs, Optional.of(most), Optional.of(keep));
    }

    @Override
    protected Connector<Input, Output> connector() {
        return new ListprogSelect();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        Answer reverse = new Answer(TURNED, "reverse");
        Answer longWay = new Answer(TURNED, "sort-down | reverse | reverse");
        Answer sort = new Answer(SORTED, "sort-up");
        return List.of(
                new Example<>(input(DRAWN, 1, "verified"), new Output(List.of(reverse, sort), 4.0 / 7, 1, 7)),
                new Example<>(input(DRAWN, 2, "verified"), new Output(List.of(reverse, longWay, sort), 4.0 / 7, 1, 7)),
                new Example<>(input(List.of(List.of("double")), 2, "verified"), new Output(List.of(), 0, 0, 1)));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "programs of more tasks", input(List.of(List.of(), List.of(), List.of()), 1, "verified"),
                "none to be kept", input(DRAWN, 0, "verified"),
                "an unknown word", input(DRAWN, 1, "best"),
                "a task with too few examples",
                        new Input(
                                List.of(new ListprogTask(List.of())),
                                List.of(List.of()),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @Test
    void the_placebos_have_as_many_examples() throws ConnectorException {
        Output untried = connector().run(input(DRAWN, 1, "untried"), CallContext.standalone(1));
        Output shuffled = connector().run(input(DRAWN, 1, "shuffled"), CallContext.standalone(1));
        assertThat(untried.examples()).hasSize(2);
        assertThat(shuffled.examples()).extracting(Answer::task).containsExactly(TURNED, SORTED);
        assertThat(shuffled.examples()).extracting(Answer::program).containsExactlyInAnyOrder("reverse", "sort-up");
        assertThat(untried.accuracy()).isEqualTo(4.0 / 7);
    }
}
