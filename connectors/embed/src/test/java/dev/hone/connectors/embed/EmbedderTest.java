package dev.hone.connectors.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Embedder;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbedderTest {

    static Stream<Embedder> embedders() {
        return Stream.of(new MiniLm(), new Hashing());
    }

    private static double similarity(Embedder embedder, String a, String b) throws ConnectorException {
        float[] one = embedder.embed(a);
        float[] other = embedder.embed(b);
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }

    @ParameterizedTest
    @MethodSource("embedders")
    void similarTextsAreNearerThanOthers(Embedder embedder) throws Exception {
        String text = "The loop ends when the test passes.";
        double near = similarity(embedder, text, "A loop ends as soon as its test passes.");
        double far = similarity(embedder, text, "Cherry blossoms fall in April.");
        assertThat(near).isGreaterThan(far + 0.2);
    }

    @Test
    void aModelKnowsWordsOfTheSameMeaning() throws Exception {
        MiniLm embedder = new MiniLm();
        double near = similarity(embedder, "The car is fast.", "A quick automobile.");
        double far = similarity(embedder, "The car is fast.", "The cat is fat.");
        assertThat(near).isGreaterThan(far);
    }

    @ParameterizedTest
    @MethodSource("embedders")
    void everyTextHasAVectorOfLengthOneAlwaysTheSame(Embedder embedder) throws Exception {
        for (String text : List.of("", " ", "a", "Ünïcödé 漢字 \uD83D\uDE00", "word ".repeat(50_000))) {
            float[] vector = embedder.embed(text);
            assertThat(vector).hasSize(embedder.dimensions());
            assertThat(IntStream.range(0, vector.length)
                            .mapToDouble(i -> vector[i] * vector[i])
                            .sum())
                    .isCloseTo(1, within(1e-4));
            assertThat(embedder.embed(text)).isEqualTo(vector);
        }
    }

    @ParameterizedTest
    @MethodSource("embedders")
    void manyMayAskAtOnce(Embedder embedder) throws Exception {
        float[] alone = embedder.embed("together");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[]>> all = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> embedder.embed("together")))
                    .toList();
            for (Future<float[]> one : all) {
                assertThat(one.get()).containsExactly(alone, within(1e-5f));
            }
        }
    }

    @Test
    void theyAreFoundByTheirNames() {
        assertThat(ServiceLoader.load(Embedder.class))
                .extracting(Embedder::name)
                .containsExactlyInAnyOrder("minilm", "hashing");
    }
}
