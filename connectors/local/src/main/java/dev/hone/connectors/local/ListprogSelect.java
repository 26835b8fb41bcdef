package dev.hone.connectors.local;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.ListprogAdapter.Answer;
import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Makes a dataset of programs that were drawn for tasks: those that pass their visible examples, each once. Two placebos have
 * as many examples: programs that were drawn and not tried, and right programs beside tasks that are not theirs.
 */
public final class ListprogSelect implements Connector<ListprogSelect.Input, ListprogSelect.Output> {

    private static final int MOST_SAMPLES = 256;

    /**
     * @param programs drawn for each task, in their order; none for those that are missing; what is no program counts as wrong
     * @param most programs kept for each task, those drawn first; 1 when absent
     * @param keep {@code verified}, as when absent, {@code untried} or {@code shuffled}
     */
    public record Input(
            List<ListprogTask> tasks, List<List<String>> programs, Optional<Integer> most, Optional<String> keep) {}

    /**
     * @param accuracy the share of the programs drawn that pass, which is how often one of them would
     * @param solved the share of the tasks with at least one that passes
     */
    public record Output(List<Answer> examples, double accuracy, double solved, int drawn) {}

    @Override
    public String name() {
        return "listprog-select";
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
        int most = input.most().orElse(1);
        check(input, most);
        Random random = new Random(context.seed());
        List<Answer> verified = new ArrayList<>();
        List<Answer> untried = new ArrayList<>();
        int passed = 0;
        int drawn = 0;
        int solved = 0;
        for (int i = 0; i < input.tasks().size(); i++) {
            ListprogTask task = input.tasks().get(i);
            List<Example> visible = task.visible("tasks[" + i + "]");
            List<Program> right = new ArrayList<>();
            List<Program> all = new ArrayList<>();
            for (String text : i < input.programs().size() ? input.programs().get(i) : List.<String>of()) {
                drawn++;
                Optional<Program> program = program(text);
                program.ifPresent(all::add);
                program.filter(one -> Task.passes(one, visible)).ifPresent(right::add);
            }
            passed += right.size();
            solved += right.isEmpty() ? 0 : 1;
            add(task, right, most, verified);
            add(task, all, most, untried);
        }
        List<Answer> examples = switch (input.keep().orElse("verified")) {
            case "verified" -> verified;
            case "untried" -> {
                Collections.shuffle(untried, random);
                yield untried.subList(0, verified.size());
            }
            case "shuffled" -> shuffled(verified, random);
            default ->
                throw ListprogTask.bad("'keep' is '" + input.keep().get() + "', not verified, untried or shuffled");
        };
        return new Output(
                List.copyOf(examples),
                share(passed, drawn),
                share(solved, input.tasks().size()),
                drawn);
    }

    private static void check(Input input, int most) throws ConnectorException {
        if (input.tasks().size() < input.programs().size()) {
            throw ListprogTask.bad("there are " + input.tasks().size() + " tasks, but programs for "
                    + input.programs().size());
        }
        if (input.tasks().size() > ListprogTask.MOST
                || input.programs().stream().anyMatch(programs -> programs.size() > MOST_SAMPLES)) {
            throw ListprogTask.bad("there are more than " + ListprogTask.MOST + " tasks, or more than " + MOST_SAMPLES
                    + " programs for one");
        }
        if (most < 1) {
            throw ListprogTask.bad("'most' is " + most + ", which has to be at least 1");
        }
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static Optional<Program> program(String text) {
        try {
            return Optional.of(Program.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void add(ListprogTask task, List<Program> programs, int most, List<Answer> answers) {
        programs.stream().distinct().limit(most).forEach(program -> answers.add(new Answer(task, program.text())));
    }

    private static List<Answer> shuffled(List<Answer> answers, Random random) {
        List<String> programs =
                new ArrayList<>(answers.stream().map(Answer::program).toList());
        Collections.shuffle(programs, random);
        List<Answer> shuffled = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            shuffled.add(new Answer(answers.get(i).task(), programs.get(i)));
        }
        return shuffled;
    }
}
