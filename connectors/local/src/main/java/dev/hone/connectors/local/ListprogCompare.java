package dev.hone.connectors.local;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.ListprogRun.Case;
import dev.hone.connectors.local.listprog.Digits;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.TaskSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Holds LISTPROG programs against each other: what each makes of the examples and of fresh inputs, which do the same, and
 * which outputs of the fresh inputs most of those that get every example right agree on. These are tests that nobody knows
 * to be right (as in CodeT, Chen et al. 2022). Done at once, whatever the timeout.
 */
public final class ListprogCompare implements Connector<ListprogCompare.Input, ListprogCompare.Output> {

    private static final int MOST_PROGRAMS = 100;
    private static final int MOST_EXAMPLES = 100;
    private static final int MOST_FRESH = 16;

    /**
     * What to compare.
     *
     * @param programs 1 to {@value #MOST_PROGRAMS}; one that is there twice has two voices
     * @param examples 1 to {@value #MOST_EXAMPLES}
     * @param fresh how many more inputs to draw, by the seed of the call: 0 to {@value #MOST_FRESH}
     */
    public record Input(List<String> programs, List<Case> examples, int fresh) {}

    /**
     * One of the programs.
     *
     * @param pass whether every example is right
     * @param fraction of the examples that are right, 0 to 1
     * @param trace one line for each example
     * @param does what it makes of each example's input and of each fresh one
     * @param error why it cannot run, or empty; then the lists are empty, too
     */
    public record Compared(
            String program,
            boolean pass,
            double fraction,
            List<TraceLine> trace,
            List<List<Integer>> does,
            String error) {}

    /**
     * What came out.
     *
     * @param programs in the order given
     * @param kinds how many of them differ in what they do; those that cannot run are left out
     * @param judges how many get every example right
     * @param tests for each fresh input what more than half of the judges make of it; none where they are divided
     */
    public record Output(List<Compared> programs, int kinds, int judges, List<Case> tests) {}

    @Override
    public String name() {
        return "listprog-compare";
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
        within("programs", input.programs().size(), 1, MOST_PROGRAMS);
        within("examples", input.examples().size(), 1, MOST_EXAMPLES);
        within("fresh", input.fresh(), 0, MOST_FRESH);
        int[] fresh = TaskSource.inputs(input.fresh(), new SplittableRandom(context.seed()));
        List<Compared> compared = new ArrayList<>();
        for (String text : input.programs()) {
            compared.add(compared(text, input.examples(), fresh));
        }
        List<Compared> judges = compared.stream().filter(Compared::pass).toList();
        List<Case> tests = new ArrayList<>();
        for (int i = 0; i < fresh.length; i++) {
            List<Integer> in = Digits.toList(fresh[i]);
            int at = input.examples().size() + i;
            agreed(judges.stream().map(judge -> judge.does().get(at)).toList())
                    .ifPresent(out -> tests.add(new Case(in, out)));
        }
        long kinds = compared.stream()
                .filter(one -> one.error().isEmpty())
                .map(Compared::does)
                .distinct()
                .count();
        return new Output(List.copyOf(compared), (int) kinds, judges.size(), List.copyOf(tests));
    }

    private static Compared compared(String text, List<Case> examples, int[] fresh) throws ConnectorException {
        Program program;
        try {
            program = Program.parse(text);
        } catch (IllegalArgumentException e) {
            return new Compared(text, false, 0, List.of(), List.of(), String.valueOf(e.getMessage()));
        }
        List<TraceLine> trace = ListprogRun.trace(program, examples);
        List<List<Integer>> does = new ArrayList<>();
        trace.forEach(line -> does.add(line.got()));
        for (int list : fresh) {
            does.add(Digits.toList(program.run(list)));
        }
        long right = trace.stream().filter(TraceLine::ok).count();
        return new Compared(text, right == trace.size(), (double) right / trace.size(), trace, List.copyOf(does), "");
    }

    /** What more than half of the voices say. */
    private static Optional<List<Integer>> agreed(List<List<Integer>> voices) {
        Map<List<Integer>, Integer> counts = new LinkedHashMap<>();
        voices.forEach(voice -> counts.merge(voice, 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(entry -> 2 * entry.getValue() > voices.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static void within(String name, int size, int least, int most) throws ConnectorException {
        if (size < least || size > most) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "'" + name + "' must be from " + least + " to " + most + ", not " + size,
                    "give texts of programs, examples such as {\"in\": [1, 2, 3], \"out\": [3, 2, 1]}, and how many fresh "
                            + "inputs to draw");
        }
    }
}
