package dev.hone.connectors.local;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.listprog.TaskSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Draws LISTPROG tasks to practise on, each its visible examples and no answer. None of them is of a held-out program, nor of
 * one that does the same, so that what practice is worth can be measured on those. At most a second or two, whatever the timeout.
 */
public final class ListprogProblems implements Connector<ListprogProblems.Input, ListprogProblems.Output> {

    /** @param seed the same seed draws the same tasks; that of the call when absent */
    public record Input(int count, Optional<Long> seed) {}

    public record Output(List<ListprogTask> tasks) {}

    @Override
    public String name() {
        return "listprog-tasks";
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
        if (input.count() < 1 || input.count() > ListprogTask.MOST) {
            throw ListprogTask.bad("'count' is " + input.count() + ", which has to be from 1 to " + ListprogTask.MOST);
        }
        TaskSource source = new TaskSource(input.seed().orElse(context.seed()), TaskSource.Split.TRAINING);
        return new Output(Stream.generate(source::next)
                .limit(input.count())
                .map(ListprogTask::of)
                .toList());
    }
}
