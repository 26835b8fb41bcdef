package dev.hone.connectors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.Manifest.Accuracy;
import dev.hone.connectors.local.Manifest.Entry;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.transformer.Observation;
import dev.hone.connectors.local.transformer.Sampler;
import dev.hone.connectors.local.transformer.Transformer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private static final String GENERATOR = "listprog-gen.bin";

    @Test
    void every_shipped_weights_file_is_the_one_that_the_manifest_describes() throws ConnectorException {
        WeightsFolder shipped = WeightsFolder.shipped();
        assertThat(shipped.manifest().checkpoints())
                .extracting(Entry::file)
                .containsExactlyInAnyOrder(GENERATOR, "listprog-gen-apprentice.bin", "listprog-feedback.bin");
        for (Entry entry : shipped.manifest().checkpoints()) {
            assertThat(Manifest.sha256(shipped.bytes(entry.file()))).isEqualTo(entry.sha256());
            assertThat(shipped.network(entry.file()).shape().parameterCount()).isEqualTo(entry.parameters());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GENERATOR, "listprog-gen-apprentice.bin"})
    void a_shipped_generator_is_as_accurate_as_the_manifest_says(String file) throws ConnectorException {
        Accuracy accuracy =
                WeightsFolder.shipped().manifest().entry(file).orElseThrow().accuracy();
        Transformer generator = WeightsFolder.shipped().network(file);
        List<Task> tasks = TaskSource.heldOut(accuracy.tasks(), accuracy.taskSeed());
        double solved = tasks.stream().filter(task -> solves(generator, task)).count() / (double) tasks.size();
        assertThat(solved).isCloseTo(accuracy.share(Accuracy.GREEDY), within(0.01));
    }

    @Test
    void the_apprentice_is_the_weaker_generator() throws ConnectorException {
        Manifest manifest = WeightsFolder.shipped().manifest();
        assertThat(greedy(manifest, "listprog-gen-apprentice.bin")).isLessThan(greedy(manifest, GENERATOR));
    }

    @Test
    void missing_weights_are_reported_with_what_to_do() throws ConnectorException {
        broken(Map.of(), "manifest.json is missing");
        broken(Map.of("manifest.json", bytes("{\"checkpoints\": []}")), "no entry for the weights listprog-gen.bin");
        broken(Map.of("manifest.json", WeightsFolder.shipped().bytes("manifest.json")), "listprog-gen.bin is missing");
    }

    @Test
    void damaged_weights_are_reported_with_what_to_do() throws ConnectorException {
        Map<String, byte[]> files = new HashMap<>();
        files.put("manifest.json", bytes("not JSON"));
        broken(files, "manifest.json cannot be understood");
        files.put("manifest.json", WeightsFolder.shipped().bytes("manifest.json"));
        byte[] weights = WeightsFolder.shipped().bytes(GENERATOR);
        weights[weights.length / 2] ^= 1;
        files.put(GENERATOR, weights);
        broken(files, "listprog-gen.bin are damaged");
    }

    private static void broken(Map<String, byte[]> files, String what) {
        WeightsFolder folder = new WeightsFolder(name -> stream(files.get(name)));
        assertThatThrownBy(() -> folder.network(GENERATOR)).isInstanceOfSatisfying(ConnectorException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(e.what()).contains(what);
            assertThat(e.fix()).contains("git checkout");
        });
    }

    private static @Nullable InputStream stream(byte @Nullable [] bytes) {
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static double greedy(Manifest manifest, String file) {
        return manifest.entry(file).orElseThrow().accuracy().share(Accuracy.GREEDY);
    }

    private static boolean solves(Transformer generator, Task task) {
        List<Observation> seen =
                task.examples().stream().map(Observation::unseen).toList();
        Program program = new Sampler(0, new SplittableRandom(0))
                .program(generator.read(seen, Optional.empty()), List.of())
                .program();
        return task.passesVisible(program) && task.passesHidden(program);
    }
}
