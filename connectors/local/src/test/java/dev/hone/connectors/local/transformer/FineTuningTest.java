package dev.hone.connectors.local.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.transformer.FineTuning.Plan;
import dev.hone.connectors.local.transformer.FineTuning.Taught;
import dev.hone.connectors.local.transformer.FineTuning.Tuned;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FineTuningTest {

    private static final TransformerShape SHAPE = new TransformerShape(16, 4, 2, 24, 1, 8, false);
    private static final double BEND = 3e-3;
    private static final Plan PLAN = new Plan(2, 4, 0.01, 8, 0.2, 5);

    private final Transformer model = new Transformer(RandomWeights.of(3, false));
    private final List<Task> tasks = tasks(40);

    private static List<Task> tasks(int count) {
        TaskSource source = new TaskSource(9, TaskSource.Split.TRAINING);
        return Stream.generate(source::next).limit(count).toList();
    }

    private List<Taught> taught() {
        return tasks.stream()
                .map(task -> new Taught(task.examples(), task.program(), 1))
                .toList();
    }

    private List<Lesson> lessons(int count) {
        return tasks.stream()
                .limit(count)
                .map(task -> model.lesson(
                        task.examples(), task.program(), task.program().length()))
                .toList();
    }

    /** Central differences of the loss for every number of the patch, except where a unit of the MLP switches in between. */
    @Test
    void the_gradient_is_the_slope_of_the_loss() {
        PatchTraining training = new PatchTraining(model);
        Patch patch = Patch.initial(SHAPE, 2, new SplittableRandom(1));
        SplittableRandom random = new SplittableRandom(2);
        for (float[] array : patch.arrays()) {
            for (int i = 0; i < array.length; i++) {
                array[i] += (float) (0.2 * random.nextGaussian());
            }
        }
        List<Lesson> lessons = lessons(3);
        Patch gradient = Patch.zero(SHAPE, 2);
        double loss = training.backward(patch, lessons, gradient);
        assertThat(loss).isCloseTo(training.loss(patch, lessons), within(1e-6));
        float step = 1e-3f;
        for (int a = 0; a < patch.arrays().length; a++) {
            float[] numbers = patch.arrays()[a];
            double difference = 0;
            double size = 0;
            int bent = 0;
            for (int i = 0; i < numbers.length; i++) {
                float before = numbers[i];
                numbers[i] = before + step;
                double above = training.loss(patch, lessons);
                numbers[i] = before - step;
                double below = training.loss(patch, lessons);
                numbers[i] = before;
                if (Math.abs(above + below - 2 * loss) / step > BEND) {
                    bent++;
                    continue;
                }
                double slope = (above - below) / (2 * step);
                difference += Math.pow(slope - gradient.arrays()[a][i], 2);
                size += slope * slope;
            }
            assertThat(Math.sqrt(difference / size)).as("array " + a).isLessThan(0.005);
            assertThat(bent).as("array " + a).isLessThan(numbers.length / 3);
        }
    }

    @Test
    void a_patched_model_says_what_the_training_computed() {
        Patch patch = Patch.initial(SHAPE, 2, new SplittableRandom(1));
        SplittableRandom random = new SplittableRandom(2);
        for (float[] array : patch.arrays()) {
            for (int i = 0; i < array.length; i++) {
                array[i] += (float) (0.2 * random.nextGaussian());
            }
        }
        Task task = tasks.getFirst();
        double loss = new PatchTraining(model).loss(patch, List.of(model.lesson(task.examples(), task.program(), 1)));
        assertThat(loss(model.with(patch), task)).isCloseTo(loss, within(1e-4));
        assertThat(Math.abs(loss(model, task) - loss)).isGreaterThan(1e-3);
    }

    @Test
    void what_is_taught_becomes_likelier() throws IOException {
        Plan all = new Plan(2, 30, 0.02, 8, 0, 5);
        Tuned tuned = FineTuning.tune(model, Optional.empty(), taught(), all, () -> false);
        Transformer changed = FineTuning.patched(model, tuned.patch());
        assertThat(tuned.curve()).hasSize(31);
        assertThat(mean(changed)).isLessThan(0.8 * mean(model));
    }

    @Test
    void the_same_plan_gives_the_same_bytes() throws IOException {
        Tuned first = FineTuning.tune(model, Optional.empty(), taught(), PLAN, () -> false);
        Tuned again = FineTuning.tune(model, Optional.empty(), taught(), PLAN, () -> false);
        assertThat(again.patch()).isEqualTo(first.patch());
        assertThat(again.curve()).isEqualTo(first.curve());
        Plan other = new Plan(2, 4, 0.01, 8, 0.2, 6);
        assertThat(FineTuning.tune(model, Optional.empty(), taught(), other, () -> false)
                        .patch())
                .isNotEqualTo(first.patch());
    }

    @Test
    void a_training_goes_on_with_what_an_earlier_one_changed() throws IOException {
        Plan all = new Plan(2, 5, 0.02, 8, 0, 5);
        Tuned first = FineTuning.tune(model, Optional.empty(), taught(), all, () -> false);
        Tuned second = FineTuning.tune(model, Optional.of(first.patch()), taught(), all, () -> false);
        assertThat(second.curve().getFirst().trained())
                .isCloseTo(mean(FineTuning.patched(model, first.patch())), within(1e-2));
        assertThat(mean(FineTuning.patched(model, second.patch())))
                .isLessThan(mean(FineTuning.patched(model, first.patch())));
    }

    @Test
    void an_epoch_that_does_not_help_on_the_part_held_out_is_not_kept() throws IOException {
        Plan wild = new Plan(2, 3, 5, 8, 0.5, 5);
        Tuned tuned = FineTuning.tune(model, Optional.empty(), taught(), wild, () -> false);
        assertThat(tuned.epoch()).isZero();
        assertThat(mean(FineTuning.patched(model, tuned.patch()))).isCloseTo(mean(model), within(1e-3));
    }

    @Test
    void a_cancelled_training_ends_between_two_batches() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Tuned tuned = FineTuning.tune(
                model, Optional.empty(), taught(), PLAN, () -> asked.incrementAndGet() > tasks.size() + 2);
        assertThat(tuned.curve()).hasSize(1);
        assertThat(asked.get()).isEqualTo(tasks.size() + 3);
    }

    @Test
    void bytes_that_are_no_patch_of_the_model_are_refused() throws IOException {
        byte[] right = Patch.zero(SHAPE, 2).bytes();
        assertThat(Patch.read(right, SHAPE).bytes()).isEqualTo(right);
        byte[] cut = java.util.Arrays.copyOf(right, right.length - 2);
        byte[] notFinite = right.clone();
        notFinite[right.length - 2] = 0x7C;
        byte[] otherStart = right.clone();
        otherStart[0]++;
        byte[] otherModel =
                Patch.zero(new TransformerShape(32, 4, 2, 24, 1, 8, false), 2).bytes();
        for (byte[] wrong : List.of(new byte[0], new byte[3], cut, notFinite, otherStart, otherModel)) {
            assertThatThrownBy(() -> FineTuning.patched(model, wrong)).isInstanceOf(IOException.class);
        }
    }

    private double mean(Transformer of) {
        return tasks.stream().mapToDouble(task -> loss(of, task)).average().orElseThrow();
    }

    /** The cross-entropy of the task's program, by the model's inference. */
    private static double loss(Transformer of, Task task) {
        Writing writing = of.read(
                        task.examples().stream().map(Observation::unseen).toList(), Optional.empty())
                .write(1);
        Program program = task.program();
        double loss = 0;
        for (int place = 0; place < Math.min(program.length() + 1, Program.MAX_LENGTH); place++) {
            float[] logits = writing.append(
                    place == 0 ? Token.START : program.ops().get(place - 1).ordinal());
            int target = place < program.length() ? program.ops().get(place).ordinal() : Token.END;
            double sum = 0;
            for (int token = 0; token < (place == 0 ? Token.END : Patch.TOKENS); token++) {
                sum += Math.exp(logits[token]);
            }
            loss += Math.log(sum) - logits[target];
        }
        return loss;
    }
}
