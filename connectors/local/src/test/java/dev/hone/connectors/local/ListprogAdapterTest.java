package dev.hone.connectors.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.local.ListprogAdapter.Answer;
import dev.hone.connectors.local.ListprogAdapter.Input;
import dev.hone.connectors.local.ListprogAdapter.Output;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListprogAdapterTest extends ConnectorContract<Input, Output> {

    private static final String APPRENTICE = "local/listprog-gen-apprentice";
    private static final String ALWAYS = "reverse | reverse";

    private final List<Task> tasks = tasks();

    private static List<Task> tasks() {
        TaskSource source = new TaskSource(5, TaskSource.Split.TRAINING);
        return Stream.generate(source::next).limit(24).toList();
    }

    private ListprogAdapter.Example example(Task task, String program, double weight) {
        return new ListprogAdapter.Example(new Answer(ListprogTask.of(task), program), weight, "test");
    }

    /** Teaches one program as the answer to everything. */
    private Input oneProgram(Object model, Optional<String> from) {
        return input(
                tasks.stream().map(task -> example(task, ALWAYS, 1)).toList(),
                model,
                from,
                Optional.of(3),
                Optional.of(0.0));
    }

    private static Input input(
            List<ListprogAdapter.Example> data,
            Object model,
            Optional<String> from,
            Optional<Integer> epochs,
            Optional<Double> heldOut) {
        return new Input(
                data,
                model,
                from,
                Optional.empty(),
                epochs,
                Optional.of(0.01),
                Optional.of(4),
                heldOut,
                Optional.of(1L));
    }

    @Override
    protected Connector<Input, Output> connector() {
        return new ListprogAdapter();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        try {
            Input input = oneProgram(APPRENTICE, Optional.empty());
            return List.of(new Example<>(input, new ListprogAdapter().run(input, CallContext.standalone(9))));
        } catch (ConnectorException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Map<String, Input> badInputs() {
        List<ListprogAdapter.Example> right = List.of(example(tasks.getFirst(), ALWAYS, 1));
        Map<String, Object> foreign = Map.of("format", Trained.FORMAT, "data", "0123456789abcdef:AAAA");
        Optional<Integer> one = Optional.of(1);
        Optional<Double> none = Optional.of(0.0);
        return Map.of(
                "no program",
                        input(List.of(example(tasks.getFirst(), "fly", 1)), APPRENTICE, Optional.empty(), one, none),
                "a weight that is none",
                        input(
                                List.of(example(tasks.getFirst(), ALWAYS, Double.NaN)),
                                APPRENTICE,
                                Optional.empty(),
                                one,
                                none),
                "a model elsewhere", input(right, "openai/gpt-4.1-mini", Optional.empty(), one, none),
                "a critic", input(right, "local/listprog-critic", Optional.empty(), one, none),
                "a version that says no format",
                        input(
                                right,
                                Map.of("model", APPRENTICE, "adapter", Map.of("format", "", "data", "AAAA")),
                                Optional.of("present"),
                                one,
                                none),
                "no version", input(right, List.of(1), Optional.empty(), one, none),
                "from nowhere", input(right, APPRENTICE, Optional.of("nowhere"), one, none),
                "no epoch", input(right, APPRENTICE, Optional.empty(), Optional.of(0), none),
                "everything held out", input(right, APPRENTICE, Optional.empty(), one, Optional.of(0.9)),
                "an adapter of other weights",
                        input(
                                right,
                                Map.of("model", APPRENTICE, "adapter", foreign),
                                Optional.of("present"),
                                one,
                                none));
    }

    @Test
    void a_model_says_what_it_was_taught_once_it_has_the_adapter() throws ConnectorException {
        Output learned = connector().run(oneProgram(APPRENTICE, Optional.empty()), CallContext.standalone(1));
        Adapter adapter = new Adapter(
                learned.value().adapter().format(), learned.value().adapter().data());
        Model base = new LocalProvider().open("listprog-gen-apprentice", ModelSettings.DEFAULT);
        Model taught = new LocalProvider().open("listprog-gen-apprentice", ModelSettings.DEFAULT, adapter);
        assertThat(adapter.data().length()).isLessThan(25_000);
        assertThat(learned.score()).isPositive();
        assertThat(learned.epoch()).isEqualTo(3);
        assertThat(said(base, ALWAYS)).isLessThan(3);
        assertThat(said(taught, ALWAYS)).isGreaterThan(6);
    }

    @Test
    void it_begins_with_the_shipped_model_or_goes_on_with_the_version() throws ConnectorException {
        Output first = connector().run(oneProgram(APPRENTICE, Optional.empty()), CallContext.standalone(1));
        Map<String, Object> version = Map.of(
                "model",
                first.value().model(),
                "adapter",
                Map.of(
                        "format", first.value().adapter().format(),
                        "data", first.value().adapter().data()));
        Output anew = connector().run(oneProgram(version, Optional.of("base")), CallContext.standalone(1));
        Output on = connector().run(oneProgram(version, Optional.of("present")), CallContext.standalone(1));
        assertThat(anew).isEqualTo(first);
        assertThat(on.curve().getFirst().trained())
                .isLessThan(first.curve().getFirst().trained() / 2);
    }

    @Test
    void what_has_no_weight_is_not_taught() throws ConnectorException {
        List<ListprogAdapter.Example> data =
                tasks.stream().map(task -> example(task, ALWAYS, 0)).toList();
        Output output = connector()
                .run(
                        input(data, APPRENTICE, Optional.empty(), Optional.of(1), Optional.of(0.0)),
                        CallContext.standalone(1));
        assertThat(output.trained()).isZero();
        assertThat(output.epoch()).isZero();
        assertThat(output.score()).isZero();
    }

    @Test
    void a_training_that_is_cancelled_or_late_says_so() {
        List<ListprogAdapter.Example> data = Stream.generate(() -> tasks)
                .limit(100)
                .flatMap(List::stream)
                .map(task -> example(task, ALWAYS, 1))
                .toList();
        Input forLong = input(data, APPRENTICE, Optional.empty(), Optional.of(50), Optional.of(0.0));
        Cancellation cancellation = new Cancellation();
        Thread.ofVirtual().start(cancellation::cancel);
        Refusals.of(Kind.CANCELLED, () -> connector().run(forLong, context(Duration.ofMinutes(1), cancellation)));
        Refusals.of(Kind.TIMEOUT, () -> connector().run(forLong, context(Duration.ofMillis(200), new Cancellation())));
    }

    @Test
    void adapters_of_other_weights_and_roles_are_refused() throws ConnectorException {
        Output learned = connector().run(oneProgram(APPRENTICE, Optional.empty()), CallContext.standalone(1));
        Adapter adapter = new Adapter(
                learned.value().adapter().format(), learned.value().adapter().data());
        LocalProvider provider = new LocalProvider();
        for (String other : List.of("listprog-gen", "listprog-critic", "listprog-editor")) {
            Refusals.of(Kind.BAD_INPUT, () -> provider.open(other, ModelSettings.DEFAULT, adapter));
        }
        Adapter cut = new Adapter(adapter.format(), adapter.data().substring(0, 100));
        Refusals.of(Kind.BAD_INPUT, () -> provider.open("listprog-gen-apprentice", ModelSettings.DEFAULT, cut));
    }

    private static CallContext context(Duration timeout, Cancellation cancellation) {
        return new CallContext("test", "step", "", 1, 1, timeout, cancellation);
    }

    /** How often of 24 calls. */
    private long said(Model model, String program) {
        return LongStream.range(0, tasks.size())
                .filter(i -> {
                    try {
                        ObjectNode inputs = ListprogInputs.JSON.createObjectNode();
                        inputs.set("task", ListprogInputs.JSON.valueToTree(ListprogTask.of(tasks.get((int) i))));
                        return model.generate(Requests.request(inputs), CallContext.standalone(i))
                                .text()
                                .equals(program);
                    } catch (ConnectorException e) {
                        throw new AssertionError(e);
                    }
                })
                .count();
    }
}
