package dev.hone.connectors.local;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import java.util.ArrayList;
import java.util.List;

/** Grades what was drawn for the tasks of an exam, sitting by sitting, by cases that nobody has seen. Done at once. */
public final class ListprogGrade implements Connector<ListprogGrade.Input, ListprogGrade.Output> {

    private static final int MOST_SITTINGS = 100;

    /**
     * @param tasks those of the exam
     * @param hidden of each task its hidden cases
     * @param sittings of each sitting, for each task the programs that were drawn
     */
    public record Input(
            List<ListprogTask> tasks, List<List<ListprogRun.Case>> hidden, List<List<List<String>>> sittings) {}

    /**
     * How a sitting went.
     *
     * @param accuracy the share of the programs that are right: how often a single one is
     * @param solved the share of the tasks whose first program that passes the visible examples is right
     * @param falsePasses the share of those first programs that are wrong
     */
    public record Sitting(double accuracy, double solved, double falsePasses) {}

    public record Output(List<Sitting> sittings) {}

    @Override
    public String name() {
        return "listprog-grade";
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
        int size = input.tasks().size();
        if (size == 0 || size > ListprogTask.MOST || input.hidden().size() != size) {
            throw ListprogTask.bad("there are " + size + " tasks and hidden cases of "
                    + input.hidden().size());
        }
        if (input.sittings().size() > MOST_SITTINGS
                || input.sittings().stream().anyMatch(sitting -> sitting.size() != size)) {
            throw ListprogTask.bad("a sitting has not programs for each of the " + size + " tasks, or there are more than "
                    + MOST_SITTINGS + " sittings");
        }
        List<Sitting> sittings = new ArrayList<>();
        for (List<List<String>> sitting : input.sittings()) {
            sittings.add(grade(input, sitting));
        }
        return new Output(List.copyOf(sittings));
    }

    private static Sitting grade(Input input, List<List<String>> sitting) throws ConnectorException {
        double accuracy = 0;
        int answered = 0;
        int solved = 0;
        for (int i = 0; i < sitting.size(); i++) {
            List<Example> visible = input.tasks().get(i).visible("tasks[" + i + "]");
            List<Example> hidden = ListprogTask.cases(input.hidden().get(i), "hidden[" + i + "]");
            int right = 0;
            boolean found = false;
            for (String text : sitting.get(i)) {
                boolean seen = passes(text, visible);
                boolean holds = seen && passes(text, hidden);
                right += holds ? 1 : 0;
                if (seen && !found) {
                    found = true;
                    answered++;
                    solved += holds ? 1 : 0;
                }
            }
            accuracy += sitting.get(i).isEmpty() ? 0 : (double) right / sitting.get(i).size();
        }
        int size = sitting.size();
        return new Sitting(
                accuracy / size, (double) solved / size, answered == 0 ? 0 : (double) (answered - solved) / answered);
    }

    private static boolean passes(String text, List<Example> examples) {
        try {
            return Task.passes(Program.parse(text), examples);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
