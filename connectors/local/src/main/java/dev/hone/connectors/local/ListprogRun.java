package dev.hone.connectors.local;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.listprog.Digits;
import dev.hone.connectors.local.listprog.Program;
import java.util.ArrayList;
import java.util.List;

/** Runs a LISTPROG program on cases and tells which it gets right. Done at once, whatever the timeout. */
public final class ListprogRun implements Connector<ListprogRun.Input, ListprogRun.Output> {

    /**
     * What to run.
     *
     * @param program for example {@code reverse | double}
     * @param cases at least one
     */
    public record Input(String program, List<Case> cases) {}

    /** A list of up to six digits, and what a right program makes of it. */
    public record Case(List<Integer> in, List<Integer> out) {}

    /**
     * The verdict.
     *
     * @param pass whether every case is right
     * @param fraction of the cases that are right, 0 to 1
     * @param trace one line for each case, in their order; empty when there is an error
     * @param error why the program cannot run, or empty
     */
    public record Output(boolean pass, double fraction, List<TraceLine> trace, String error) {}

    @Override
    public String name() {
        return "listprog-run";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        if (input.cases().isEmpty()) {
            throw badInput("'cases' is empty: there is nothing to run the program on");
        }
        Program program;
        try {
            program = Program.parse(input.program());
        } catch (IllegalArgumentException e) {
            return new Output(false, 0, List.of(), String.valueOf(e.getMessage()));
        }
        List<TraceLine> trace = trace(program, input.cases());
        long right = trace.stream().filter(TraceLine::ok).count();
        return new Output(right == trace.size(), (double) right / trace.size(), trace, "");
    }

    /** What a program makes of each case. */
    static List<TraceLine> trace(Program program, List<Case> cases) throws ConnectorException {
        List<TraceLine> trace = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Case one = cases.get(i);
            int got = program.run(packed(one.in(), "cases[" + i + "].in"));
            boolean ok = got == packed(one.out(), "cases[" + i + "].out");
            trace.add(new TraceLine(one.in(), one.out(), Digits.toList(got), ok));
        }
        return List.copyOf(trace);
    }

    private static int packed(List<Integer> digits, String where) throws ConnectorException {
        try {
            return Digits.of(digits);
        } catch (IllegalArgumentException e) {
            throw badInput("'" + where + "': " + e.getMessage());
        }
    }

    private static ConnectorException badInput(String what) {
        return new ConnectorException(
                Kind.BAD_INPUT, what, "give cases such as {\"in\": [1, 2, 3], \"out\": [3, 2, 1]}");
    }
}
