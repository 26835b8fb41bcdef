package dev.hone.connectors.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.external.External.Input;
import dev.hone.connectors.external.External.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training in a real process of its own. */
@Tag("slow")
@Timeout(60)
class ExternalTest extends ConnectorContract<Input, Output> {

    @Override
    protected Connector<Input, Output> connector() {
        return Trainers.process("mean");
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(new Example<>(
                Trainers.input(),
                new Output(
                        Map.of("mean", 6.0),
                        Optional.of(3.0),
                        List.of(Map.of("sum", 1.0), Map.of("sum", 3.0), Map.of("sum", 9.0)))));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "a name with a path", new Input("../t", Optional.empty(), Optional.empty()),
                "no JSON", new Input("t", Optional.of(List.of(new Object())), Optional.empty()));
    }

    private static ConnectorException refused(Kind kind, External trainer) {
        return Refusals.of(kind, () -> trainer.run(Trainers.input(), Trainers.context(new Cancellation())));
    }

    // --- what the operator says

    @Test
    void a_trainer_that_nobody_has_named_is_unknown() {
        ConnectorException e = refused(Kind.UNKNOWN, Trainers.named(Map.of()));

        assertThat(e.what()).isEqualTo("there is no trainer 't' here: HONE_TRAINER_T is not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python3 train.py",
                "{}",
                "{\"command\": []}",
                "{\"command\": [\"\"]}",
                "{\"command\": [\"true\"], \"url\": \"http://localhost:1\"}",
                "{\"command\": [\"true\"], \"heartbeat\": 0}",
                "{\"command\": [\"true\"], \"shell\": true}",
                "{\"url\": \"file:///etc/passwd\"}",
                "{\"url\": \"http://user:secret@localhost:1\"}",
                "{\"url\": \"http://trainer.example\", \"key\": \"env:HONE_TEST_KEY\"}",
                "{\"url\": \"https://trainer.example\", \"key\": \"secret\"}",
                "{\"command\": [\"/no/such/program\"]}"
            })
    void what_the_operator_has_written_wrongly_is_said_without_repeating_it(String text) {
        ConnectorException e = refused(Kind.BROKEN, Trainers.named(Map.of("HONE_TRAINER_T", text)));

        assertThat(e.what()).doesNotContain("secret", "passwd");
        assertThat(e.fix()).contains("operator");
    }

    // --- what the process is told

    @Test
    void it_gets_the_seed_a_folder_of_its_own_and_the_variables_that_are_named() throws ConnectorException {
        Output output = Trainers.process("told").run(Trainers.input(), Trainers.context(new Cancellation()));

        assertThat(output.value())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("key", true)
                .containsEntry("seed", 7)
                .hasEntrySatisfying("folder", folder -> {
                    assertThat(folder.toString()).contains("hone-training");
                    assertThat(Path.of(folder.toString())).doesNotExist();
                });
    }

    @Test
    void of_many_metrics_some_are_kept_from_the_first_to_the_last() throws ConnectorException {
        Output output = Trainers.process("chatty").run(Trainers.input(), Trainers.context(new Cancellation()));

        assertThat(output.metrics())
                .hasSize(625)
                .startsWith(Map.of("step", 0), Map.of("step", 8))
                .endsWith(Map.of("step", 4992));
    }

    // --- what can go wrong

    @Test
    void a_process_that_fails_is_quoted_without_its_secrets() {
        ConnectorException e = refused(Kind.BROKEN, Trainers.process("crash"));

        assertThat(e.what())
                .endsWith(
                        "ended with code 3 without being done; it wrote: loading | out of memory, and the key is ***");
    }

    @Test
    void a_process_that_was_killed_is_lost_so_that_it_is_tried_again() {
        assertThat(refused(Kind.LOST, Trainers.process("killed")).what()).contains("was killed by signal 9");
    }

    @ParameterizedTest
    @CsvSource({
        "prose, wrote a line that is no JSON: epoch 1 of 10",
        "odd, 'wrote what is no heartbeat, metric, done or failed: {\"hello\": 1}'",
        "fails, failed: the loss is not a number",
        "nothing, is done without a 'version'",
        "endless, wrote a line of more than 4194304 bytes"
    })
    void what_makes_no_sense_is_said(String behaviour, String what) {
        assertThat(refused(Kind.BROKEN, Trainers.process(behaviour)).what()).isEqualTo("the training java " + what);
    }

    @Test
    void a_process_without_a_heartbeat_is_given_up() {
        assertThat(refused(Kind.TIMEOUT, Trainers.process(0.3, "silent")).what())
                .isEqualTo("the training java has said nothing for PT0.3S");
    }

    @Test
    void a_process_that_takes_too_long_is_given_up(@TempDir Path directory) {
        External trainer = Trainers.process("waits", directory.resolve("pid").toString());
        CallContext context = Trainers.context(Duration.ofMillis(300), new Cancellation());

        ConnectorException e = Refusals.of(Kind.TIMEOUT, () -> trainer.run(Trainers.input(), context));

        assertThat(e.what()).isEqualTo("the training java took longer than PT0.3S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"waits", "parent"})
    void cancellation_kills_the_process_and_its_children(String behaviour, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("pid");
        Cancellation cancellation = new Cancellation();
        External trainer = Trainers.process(behaviour, file.toString());
        CompletableFuture<ConnectorException> refusal = CompletableFuture.supplyAsync(
                () -> Refusals.of(Kind.CANCELLED, () -> trainer.run(Trainers.input(), Trainers.context(cancellation))));
        Awaitility.await()
                .until(() -> Files.exists(file) && !Files.readString(file).isEmpty());
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(Files.readString(file))).orElseThrow();

        cancellation.cancel();

        process.onExit().get(5, TimeUnit.SECONDS);
        assertThat(refusal.get(5, TimeUnit.SECONDS).what()).isEqualTo("the training java was cancelled");
    }
}
