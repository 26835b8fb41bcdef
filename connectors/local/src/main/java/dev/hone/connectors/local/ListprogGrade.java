package dev.hone.connectors.local;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Grades what was drawn for the tasks of an exam, sitting by sitting, by cases that nobody has seen. Done at once. */
public final class ListprogGrade implements Connector<ListprogGrade.Input, ListprogGrade.Output> {

    private static final int MOST_SITTINGS = 100;

    /**
     * What was answered at once.
     *
     * @param first the task that the first of the lists answers, from 1
     * @param programs of each task those that were drawn, in their order; none for those that are missing
     */
    public record Page(int first, List<List<String>> programs) {}

    /**
     * @param tasks those of the exam
     * @param hidden of each task its hidden cases
     * @param chosen which sitting is reported as {@code after}, from 1; the last when absent
     */
    public record Input(
            List<ListprogTask> tasks,
            List<List<ListprogRun.Case>> hidden,
            List<List<Page>> sittings,
            Optional<Integer> chosen) {}

    /**
     * How a sitting went.
     *
     * @param accuracy the share of the programs that are right: how often a single one is
     * @param solved the share of the tasks whose first program that passes the visible examples is right
     * @param falsePasses the share of those first programs that are wrong
     */
    public record Sitting(double accuracy, double solved, double falsePasses) {}

    /** @param before the first sitting */
    public record Output(Sitting before, Sitting after, List<Sitting> sittings) {}

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
        int chosen = input.chosen().orElse(input.sittings().size());
        if (input.sittings().size() > MOST_SITTINGS
                || chosen < 1
                || chosen > input.sittings().size()) {
            throw ListprogTask.bad("there are " + input.sittings().size() + " sittings, of which there may be "
                    + MOST_SITTINGS + " and number " + chosen + " is chosen");
        }
        List<Sitting> sittings = new ArrayList<>();
        for (List<Page> pages : input.sittings()) {
            sittings.add(grade(input, whole(pages, size)));
        }
        return new Output(sittings.getFirst(), sittings.get(chosen - 1), List.copyOf(sittings));
    }

    private static List<List<String>> whole(List<Page> pages, int size) throws ConnectorException {
        List<List<String>> whole = new ArrayList<>(Collections.nCopies(size, List.of()));
        for (Page page : pages) {
            if (page.first() < 1 || page.first() - 1 + page.programs().size() > size) {
                throw ListprogTask.bad("a page answers tasks from " + page.first() + " on, "
                        + page.programs().size() + " of them, and there are " + size);
            }
            for (int i = 0; i < page.programs().size(); i++) {
                whole.set(page.first() - 1 + i, page.programs().get(i));
            }
        }
        return whole;
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
            accuracy += sitting.get(i).isEmpty()
                    ? 0
                    : (double) right / sitting.get(i).size();
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
