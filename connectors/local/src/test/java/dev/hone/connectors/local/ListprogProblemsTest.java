package dev.hone.connectors.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.ListprogProblems.Input;
import dev.hone.connectors.local.ListprogProblems.Output;
import dev.hone.connectors.local.listprog.CanonicalForms;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListprogProblemsTest extends ConnectorContract<Input, Output> {

    @Override
    protected Connector<Input, Output> connector() {
        return new ListprogProblems();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        TaskSource source = new TaskSource(4, TaskSource.Split.TRAINING);
        List<ListprogTask> tasks =
                Stream.generate(source::next).limit(3).map(ListprogTask::of).toList();
        return List.of(new Example<>(new Input(3, Optional.of(4L)), new Output(tasks)));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "none", new Input(0, Optional.empty()), "too many", new Input(ListprogTask.MOST + 1, Optional.empty()));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    @Test
    void the_programs_to_be_found_are_never_held_out() throws ConnectorException {
        TaskSource source = new TaskSource(6, TaskSource.Split.TRAINING);
        List<Task> drawn = Stream.generate(source::next).limit(200).toList();
        assertThat(connector()
                        .run(new Input(200, Optional.of(6L)), CallContext.standalone(1))
                        .tasks())
                .isEqualTo(drawn.stream().map(ListprogTask::of).toList());
        assertThat(drawn).noneMatch(task -> CanonicalForms.table().heldOut(task.program()));
    }
}
