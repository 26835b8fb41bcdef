package dev.hone.connectors.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.ListprogCompare.Compared;
import dev.hone.connectors.local.ListprogCompare.Input;
import dev.hone.connectors.local.ListprogCompare.Output;
import dev.hone.connectors.local.ListprogRun.Case;
import dev.hone.connectors.local.listprog.Digits;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListprogCompareTest extends ConnectorContract<Input, Output> {

    /** Sorted both ways it is the same, and so it is reversed. */
    private static final Case BLIND = new Case(List.of(3, 2, 1), List.of(1, 2, 3));

    private static final TraceLine RIGHT = new TraceLine(List.of(3, 2, 1), List.of(1, 2, 3), List.of(1, 2, 3), true);
    private static final TraceLine WRONG = new TraceLine(List.of(3, 2, 1), List.of(1, 2, 3), List.of(3, 2, 1), false);

    @Override
    protected Connector<Input, Output> connector() {
        return new ListprogCompare();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(new Example<>(
                new Input(List.of("reverse", "sort-down", "none"), List.of(BLIND), 0),
                new Output(
                        List.of(
                                new Compared("reverse", true, 1, List.of(RIGHT), List.of(List.of(1, 2, 3)), ""),
                                new Compared("sort-down", false, 0, List.of(WRONG), List.of(List.of(3, 2, 1)), ""),
                                new Compared("none", false, 0, List.of(), List.of(), refusal("none"))),
                        2,
                        1,
                        List.of())));
    }

    private static String refusal(String text) {
        try {
            Program.parse(text);
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "no programs", new Input(List.of(), List.of(BLIND), 0),
                "too many programs", new Input(Collections.nCopies(101, "reverse"), List.of(BLIND), 0),
                "no examples", new Input(List.of("reverse"), List.of(), 0),
                "too many fresh inputs", new Input(List.of("reverse"), List.of(BLIND), 17),
                "no digit", new Input(List.of("reverse"), List.of(new Case(List.of(10), List.of())), 0));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @Test
    void the_tests_are_what_most_of_those_that_get_the_examples_right_make_of_fresh_inputs() throws ConnectorException {
        Output output = compare(List.of("reverse", "reverse", "sort-up", "square", "no program"));
        assertThat(output.judges()).isEqualTo(3);
        assertThat(output.tests())
                .hasSize(16)
                .allSatisfy(test -> assertThat(test.out())
                        .isEqualTo(Digits.toList(Program.parse("reverse").run(Digits.of(test.in())))));
    }

    /** Wrong where the majority is wrong: nobody knows better. */
    @Test
    void a_majority_that_is_wrong_makes_wrong_tests() throws ConnectorException {
        assertThat(compare(List.of("reverse", "sort-up", "sort-up")).tests())
                .anySatisfy(test -> assertThat(test.out())
                        .isNotEqualTo(Digits.toList(Program.parse("reverse").run(Digits.of(test.in())))));
    }

    @Test
    void where_the_judges_are_divided_or_absent_there_is_no_test() throws ConnectorException {
        Output divided = compare(List.of("reverse", "sort-up"));
        assertThat(divided.kinds()).isEqualTo(2);
        assertThat(divided.tests()).hasSizeLessThan(16);
        assertThat(compare(List.of("square")).tests()).isEmpty();
    }

    @Test
    void another_seed_draws_other_inputs() throws ConnectorException {
        Input input = new Input(List.of("reverse"), List.of(BLIND), 16);
        assertThat(new ListprogCompare().run(input, CallContext.standalone(2)))
                .isNotEqualTo(new ListprogCompare().run(input, CallContext.standalone(1)));
    }

    private static Output compare(List<String> programs) throws ConnectorException {
        return new ListprogCompare().run(new Input(programs, List.of(BLIND), 16), CallContext.standalone(1));
    }
}
