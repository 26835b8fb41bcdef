package dev.hone.connectors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.ListprogRun.Case;
import dev.hone.connectors.local.ListprogRun.Input;
import dev.hone.connectors.local.ListprogRun.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListprogRunTest extends ConnectorContract<Input, Output> {

    private static final Case RIGHT = new Case(List.of(1, 2, 3), List.of(3, 2, 1));
    private static final Case WRONG = new Case(List.of(4, 5), List.of(4, 5));

    @Override
    protected Connector<Input, Output> connector() {
        return new ListprogRun();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        TraceLine right = new TraceLine(List.of(1, 2, 3), List.of(3, 2, 1), List.of(3, 2, 1), true);
        TraceLine wrong = new TraceLine(List.of(4, 5), List.of(4, 5), List.of(5, 4), false);
        return List.of(
                new Example<>(
                        new Input("reverse", List.of(RIGHT, WRONG)), new Output(false, 0.5, List.of(right, wrong), "")),
                new Example<>(new Input("reverse", List.of(RIGHT)), new Output(true, 1, List.of(right), "")),
                new Example<>(
                        new Input("drop-first|drop-last", List.of(new Case(List.of(1), List.of()))),
                        new Output(true, 1, List.of(new TraceLine(List.of(1), List.of(), List.of(), true)), "")));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "no cases", new Input("reverse", List.of()),
                "no digit", new Input("reverse", List.of(new Case(List.of(10), List.of()))),
                "too long", new Input("reverse", List.of(new Case(List.of(1), List.of(1, 2, 3, 4, 5, 6, 7)))));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @Test
    void a_text_that_is_no_program_fails_every_case_and_says_why() throws ConnectorException {
        Output output = new ListprogRun().run(new Input("I cannot do that", List.of(RIGHT)), CallContext.standalone(1));
        assertThat(output.pass()).isFalse();
        assertThat(output.fraction()).isZero();
        assertThat(output.trace()).isEmpty();
        assertThat(output.error())
                .contains("'I cannot do that' is no operation")
                .contains("reverse, sort-up");
    }

    @Test
    void a_wrong_case_is_refused_by_its_place() {
        Input input = new Input("reverse", List.of(RIGHT, new Case(List.of(1), List.of(11))));
        assertThatThrownBy(() -> new ListprogRun().run(input, CallContext.standalone(1)))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("cases[1].out")
                .hasMessageContaining("11");
    }
}
