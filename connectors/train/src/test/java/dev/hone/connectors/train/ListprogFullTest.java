package dev.hone.connectors.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.local.Generator;
import dev.hone.connectors.local.ListprogAdapter;
import dev.hone.connectors.local.ListprogAdapter.Answer;
import dev.hone.connectors.local.ListprogRun.Case;
import dev.hone.connectors.local.ListprogTask;
import dev.hone.connectors.local.LocalProvider;
import dev.hone.connectors.local.WeightsStore;
import dev.hone.connectors.local.listprog.Digits;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.transformer.TransformerShape.Parameter;
import dev.hone.connectors.local.transformer.Weights;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import dev.hone.connectors.train.FullTuning.Point;
import dev.hone.connectors.train.ListprogFull.Input;
import dev.hone.connectors.train.ListprogFull.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListprogFullTest extends ConnectorContract<Input, Output> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "listprog-gen-apprentice";
    private static final String APPRENTICE = "local/" + NAME;
    private static final String ALWAYS = "reverse | reverse";

    @TempDir
    private Path directory;

    private final List<Task> drawn = drawn();
    private final List<ListprogTask> tasks =
            drawn.stream().map(ListprogFullTest::visible).toList();

    private static List<Task> drawn() {
        TaskSource source = new TaskSource(5, TaskSource.Split.TRAINING);
        return Stream.generate(source::next).limit(24).toList();
    }

    private static ListprogTask visible(Task task) {
        return new ListprogTask(task.examples().stream()
                .map(one -> new Case(Digits.toList(one.in()), Digits.toList(one.out())))
                .toList());
    }

    private static ListprogAdapter.Example example(ListprogTask task, String program, double weight) {
        return new ListprogAdapter.Example(new Answer(task, program), weight, "test");
    }

    /** Teaches one program as the answer to everything. */
    private Input oneProgram(Object model, Optional<String> from, int steps, double heldOut) {
        return input(always(1), model, from, steps, heldOut);
    }

    private List<ListprogAdapter.Example> always(double weight) {
        return tasks.stream().map(task -> example(task, ALWAYS, weight)).toList();
    }

    private static Input input(
            List<ListprogAdapter.Example> data, Object model, Optional<String> from, int steps, double heldOut) {
        return new Input(
                data,
                model,
                from,
                Optional.of(steps),
                Optional.empty(),
                Optional.of(0.001),
                Optional.of(8),
                Optional.of(heldOut),
                Optional.of(1L));
    }

    private Output run(Input input) throws ConnectorException {
        return connector().run(input, CallContext.standalone(1));
    }

    private static Map<String, Object> version(Output output) {
        ListprogAdapter.Change change = output.value().adapter();
        return Map.of(
                "model", output.value().model(), "adapter", Map.of("format", change.format(), "data", change.data()));
    }

    private Weights changed(Output output) throws ConnectorException {
        return Generator.of(version(output)).changed(WeightsStore.of(variables()::get));
    }

    private static Adapter adapter(Output output) {
        return new Adapter(
                output.value().adapter().format(), output.value().adapter().data());
    }

    private Map<String, String> variables() {
        return Map.of(WeightsStore.VARIABLE, directory.toString());
    }

    @Override
    protected Connector<Input, Output> connector() {
        return new ListprogFull(variables()::get);
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        try {
            Input input = input(always(1).subList(0, 4), APPRENTICE, Optional.empty(), 1, 0.25);
            return List.of(new Example<>(input, run(input)));
        } catch (ConnectorException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Map<String, Input> badInputs() {
        List<ListprogAdapter.Example> right = List.of(example(tasks.getFirst(), ALWAYS, 1));
        Optional<String> base = Optional.empty();
        Map<String, Object> patched =
                Map.of("model", APPRENTICE, "adapter", Map.of("format", "listprog-patch", "data", "0123:AAAA"));
        Map<String, Object> elsewhere =
                Map.of("model", APPRENTICE, "adapter", Map.of("format", WeightsStore.FORMAT, "data", "../../a"));
        return Map.of(
                "no program", input(List.of(example(tasks.getFirst(), "fly", 1)), APPRENTICE, base, 1, 0),
                "a weight that is none",
                        input(List.of(example(tasks.getFirst(), ALWAYS, Double.NaN)), APPRENTICE, base, 1, 0),
                "a model elsewhere", input(right, "openai/gpt-4.1-mini", base, 1, 0),
                "a critic", input(right, "local/listprog-critic", base, 1, 0),
                "from nowhere", input(right, APPRENTICE, Optional.of("nowhere"), 1, 0),
                "no step", input(right, APPRENTICE, base, 0, 0),
                "steps without end", input(right, APPRENTICE, base, 1_000_000, 0),
                "everything held out", input(right, APPRENTICE, base, 1, 0.9),
                "a version of another trainer", input(right, patched, Optional.of("present"), 1, 0),
                "a version that names a file", input(right, elsewhere, Optional.of("present"), 1, 0));
    }

    @Test
    void a_model_says_what_it_was_taught_once_it_has_the_weights() throws ConnectorException {
        Output learned = run(oneProgram(APPRENTICE, Optional.empty(), 15, 0.25));
        assertThat(learned.trained()).isEqualTo(24);
        assertThat(learned.score()).isPositive();
        assertThat(learned.step()).isPositive();
        assertThat(learned.curve().getLast().trained())
                .isLessThan(learned.curve().getFirst().trained() / 2);
        LocalProvider provider = new LocalProvider(variables()::get);
        assertThat(said(provider.open(NAME, ModelSettings.DEFAULT))).isLessThan(3);
        assertThat(said(provider.open(NAME, ModelSettings.DEFAULT, adapter(learned))))
                .isGreaterThan(12);
    }

    @Test
    void all_weights_change_and_lie_under_their_hash_alone() throws Exception {
        Output learned = run(oneProgram(APPRENTICE, Optional.empty(), 10, 0));
        Weights shipped = Generator.of(APPRENTICE).shipped();
        Weights changed = changed(learned);
        for (Parameter parameter : shipped.shape().parameters()) {
            assertThat(changed.values(parameter.name()))
                    .as(parameter.name())
                    .isNotEqualTo(shipped.values(parameter.name()));
        }
        assertThat(learned.value().adapter().data()).matches("[0-9a-f]{64}");
        assertThat(directory)
                .isDirectoryContaining("glob:**/" + learned.value().adapter().data() + ".bin");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void it_begins_with_the_shipped_model_or_goes_on_with_the_version() throws ConnectorException {
        Output first = run(oneProgram(APPRENTICE, Optional.empty(), 10, 0));
        Output anew = run(oneProgram(version(first), Optional.of("base"), 10, 0));
        Output on = run(oneProgram(version(first), Optional.of("present"), 10, 0));
        assertThat(anew).isEqualTo(first);
        assertThat(on.curve().getFirst().trained())
                .isLessThan(first.curve().getFirst().trained() / 2);
    }

    @Test
    void an_example_counts_as_much_as_its_weight() throws ConnectorException {
        String other = "negate | negate";
        List<ListprogAdapter.Example> data = tasks.stream()
                .flatMap(task -> Stream.of(example(task, ALWAYS, 1), example(task, other, 0.01)))
                .toList();
        Output learned = run(input(data, APPRENTICE, Optional.empty(), 15, 0));
        Model taught = new LocalProvider(variables()::get).open(NAME, ModelSettings.DEFAULT, adapter(learned));
        assertThat(said(taught)).isGreaterThan(12);
        Output none = run(input(always(0), APPRENTICE, Optional.empty(), 15, 0));
        assertThat(none.trained()).isZero();
        assertThat(none.curve()).containsExactly(new Point(0, 0, 0));
        assertThat(changed(none).values())
                .isEqualTo(Generator.of(APPRENTICE).shipped().values());
    }

    @Test
    void what_makes_the_part_held_out_no_likelier_is_not_kept() throws ConnectorException {
        List<ListprogAdapter.Example> right = drawn.stream()
                .map(task -> example(visible(task), task.program().text(), 1))
                .toList();
        Output learned = run(new Input(
                right,
                APPRENTICE,
                Optional.empty(),
                Optional.of(1),
                Optional.empty(),
                Optional.of(0.01),
                Optional.of(1),
                Optional.of(0.5),
                Optional.of(1L)));
        assertThat(learned.curve()).hasSize(2);
        assertThat(learned.curve().getLast().heldOut())
                .isGreaterThan(learned.curve().getFirst().heldOut());
        assertThat(learned.step()).isZero();
        assertThat(learned.score()).isZero();
        assertThat(changed(learned).values())
                .isEqualTo(Generator.of(APPRENTICE).shipped().values());
    }

    @Test
    void a_training_ends_when_its_seconds_are_over_with_what_it_has_learned() throws ConnectorException {
        Input brief = new Input(
                always(1),
                APPRENTICE,
                Optional.empty(),
                Optional.of(10_000),
                Optional.of(1),
                Optional.of(0.001),
                Optional.of(8),
                Optional.of(0.25),
                Optional.of(1L));
        Output learned = run(brief);
        assertThat(learned.step()).isBetween(1, 5_000);
        assertThat(learned.score()).isPositive();
    }

    @Test
    void a_training_that_is_cancelled_or_late_says_so_and_makes_room_for_the_next() throws ConnectorException {
        Input forLong = oneProgram(APPRENTICE, Optional.empty(), 10_000, 0);
        Cancellation cancellation = new Cancellation();
        Thread.ofVirtual().start(cancellation::cancel);
        Refusals.of(Kind.CANCELLED, () -> connector().run(forLong, context(Duration.ofMinutes(1), cancellation)));
        Refusals.of(Kind.TIMEOUT, () -> connector().run(forLong, context(Duration.ofMillis(300), new Cancellation())));
        Output next = connector()
                .run(
                        oneProgram(APPRENTICE, Optional.empty(), 1, 0),
                        context(Duration.ofSeconds(20), new Cancellation()));
        assertThat(next.curve()).hasSize(2);
    }

    @Test
    void without_a_directory_nothing_is_trained_and_no_version_opened() throws ConnectorException {
        Input input = oneProgram(APPRENTICE, Optional.empty(), 1, 0);
        Adapter adapter = adapter(run(input));
        refused(Kind.UNKNOWN, Map.of(), input, adapter);
        refused(Kind.BROKEN, Map.of(WeightsStore.VARIABLE, "weights"), input, adapter);
        refused(Kind.BROKEN, Map.of(WeightsStore.VARIABLE, directory + "/absent"), input, adapter);
    }

    private static void refused(Kind kind, Map<String, String> variables, Input input, Adapter adapter) {
        ConnectorException e =
                Refusals.of(kind, () -> new ListprogFull(variables::get).run(input, CallContext.standalone(1)));
        assertThat(e.what()).contains(WeightsStore.VARIABLE).doesNotContain("absent");
        Refusals.of(kind, () -> new LocalProvider(variables::get).open(NAME, ModelSettings.DEFAULT, adapter));
    }

    @Test
    void weights_that_are_damaged_or_missing_or_another_models_are_refused() throws ConnectorException, IOException {
        Output learned = run(oneProgram(APPRENTICE, Optional.empty(), 1, 0));
        Adapter adapter = adapter(learned);
        Path file = directory.resolve(adapter.data() + ".bin");
        LocalProvider provider = new LocalProvider(variables()::get);
        Refusals.of(Kind.BAD_INPUT, () -> provider.open("listprog-critic", ModelSettings.DEFAULT, adapter));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        ConnectorException damaged =
                Refusals.of(Kind.BROKEN, () -> provider.open(NAME, ModelSettings.DEFAULT, adapter));
        assertThat(damaged.what()).contains("SHA-256").doesNotContain(directory.toString());
        Refusals.of(Kind.BROKEN, () -> run(oneProgram(version(learned), Optional.of("present"), 1, 0)));
        assertThat(run(oneProgram(APPRENTICE, Optional.empty(), 1, 0))).isEqualTo(learned);
        assertThat(provider.open(NAME, ModelSettings.DEFAULT, adapter)).isNotNull();
        Files.delete(file);
        ConnectorException missing =
                Refusals.of(Kind.UNKNOWN, () -> provider.open(NAME, ModelSettings.DEFAULT, adapter));
        assertThat(missing.what()).contains(adapter.data()).doesNotContain(directory.toString());
    }

    private static CallContext context(Duration timeout, Cancellation cancellation) {
        return new CallContext("test", "step", "", 1, 1, timeout, cancellation);
    }

    /** To how many of the tasks it answers with the program that was taught. */
    private int said(Model model) throws ConnectorException {
        int said = 0;
        for (int i = 0; i < tasks.size(); i++) {
            String inputs = JSON.createObjectNode()
                    .set("task", JSON.valueToTree(tasks.get(i)))
                    .toString();
            ModelRequest request =
                    new ModelRequest(List.of(new Message(Speaker.USER, "Answer.")), inputs, Optional.empty(), 16);
            said += model.generate(request, CallContext.standalone(i)).text().equals(ALWAYS) ? 1 : 0;
        }
        return said;
    }
}
