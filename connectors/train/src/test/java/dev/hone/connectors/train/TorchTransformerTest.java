package dev.hone.connectors.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.transformer.Token;
import dev.hone.connectors.local.transformer.Transformer;
import dev.hone.connectors.local.transformer.TransformerShape;
import dev.hone.connectors.local.transformer.Weights;
import dev.hone.connectors.local.transformer.Writing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TorchTransformerTest {

    private static final double CLOSE = 1e-4;

    @Test
    void a_generator_computes_what_its_twin_in_plain_java_does() {
        Weights weights = InitialWeights.random(GeneratorTraining.SHAPE, 3);
        List<TrainingExample> examples =
                TaskSource.heldOut(8, 5).stream().map(TrainingExample::of).toList();
        assertSame(weights, examples, 1);
    }

    @Test
    void a_network_with_feedback_computes_what_its_twin_in_plain_java_does() {
        Weights weights = InitialWeights.random(FeedbackTraining.SHAPE, 4);
        SplittableRandom random = new SplittableRandom(6);
        List<TrainingExample> examples = new ArrayList<>();
        for (Task task : TaskSource.heldOut(8, 5)) {
            Program draft = NearMisses.of(task.program(), random);
            int critique = CritiqueOracle.critique(draft, task.examples());
            examples.add(new TrainingExample(
                    Feedback.trace(task, draft), Optional.of(draft), critique, critique, task.program()));
        }
        assertSame(weights, examples, 0);
    }

    @Test
    void writing_token_by_token_gives_the_logits_of_the_whole() {
        Weights weights = InitialWeights.random(GeneratorTraining.SHAPE, 3);
        List<TrainingExample> examples =
                TaskSource.heldOut(4, 7).stream().map(TrainingExample::of).toList();
        Batch batch = Batch.of(examples, weights.shape());
        int places = Batch.places(weights.shape());
        try (TorchTransformer torch = new TorchTransformer(weights);
                NDManager step = torch.manager().newSubManager()) {
            torch.lend(step);
            float[] whole = torch.logProbabilities(batch, step).toFloatArray();
            TorchTransformer.Cache cache = torch.read(batch, step);
            for (int place = 0; place < 2; place++) {
                int at = place;
                int[] tokens = examples.stream()
                        .mapToInt(example -> at == 0
                                ? Token.START
                                : example.program().ops().getFirst().ordinal())
                        .toArray();
                float[] logits = torch.next(tokens, place + 1, cache);
                for (int i = 0; i < tokens.length; i++) {
                    float[] row = Arrays.copyOfRange(logits, i * Token.COUNT, (i + 1) * Token.COUNT);
                    assertThat(logSoftmax(row)).containsExactly(row(whole, i * places + place), within(CLOSE));
                }
            }
        }
    }

    @Test
    void a_grown_network_begins_with_what_the_generator_knows() {
        Weights generator = InitialWeights.random(GeneratorTraining.SHAPE, 3);
        Weights grown = InitialWeights.grown(FeedbackTraining.SHAPE, generator, 4);
        assertThat(grown.values("layer1.mlp.up.matrix")).isEqualTo(generator.values("layer1.mlp.up.matrix"));
        assertThat(grown.values("singles")).startsWith(generator.values("singles"));
        assertThat(grown.values("got.map.matrix")).containsOnly(0);
    }

    private static void assertSame(Weights weights, List<TrainingExample> examples, int position) {
        TransformerShape shape = weights.shape();
        Transformer java = new Transformer(weights);
        Batch batch = Batch.of(examples, shape);
        int places = Batch.places(shape);
        try (TorchTransformer torch = new TorchTransformer(weights)) {
            float[] expected = torch.logProbabilities(batch, torch.manager()).toFloatArray();
            for (int i = 0; i < examples.size(); i++) {
                TrainingExample example = examples.get(i);
                Writing writing =
                        java.read(example.observations(), example.draft()).write(position);
                for (int place = 0; place < places && batch.counted()[i * places + place] == 1; place++) {
                    float[] logits = writing.append(batch.written()[i * places + place]);
                    assertThat(logSoftmax(logits)).containsExactly(row(expected, i * places + place), within(CLOSE));
                }
            }
        }
    }

    private static double[] row(float[] values, int row) {
        double[] result = new double[Token.COUNT];
        for (int i = 0; i < Token.COUNT; i++) {
            result[i] = values[row * Token.COUNT + i];
        }
        return result;
    }

    private static double[] logSoftmax(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        double[] result = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            result[i] = logits[i] - Math.log(sum);
        }
        return result;
    }
}
