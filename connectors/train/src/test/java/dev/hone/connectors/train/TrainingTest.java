package dev.hone.connectors.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.local.transformer.Weights;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TrainingTest {

    private static final int STEPS = 60;
    private static final double MINUTES = 30;

    @TempDir
    private Path folder;

    @Test
    void a_few_steps_lower_the_loss_of_a_generator() {
        Training.Result one = GeneratorTraining.run(1, MINUTES, 1, folder);
        Training.Result some = GeneratorTraining.run(STEPS, MINUTES, 1, folder);
        assertThat(some.examples()).isEqualTo((long) STEPS * GeneratorTraining.BATCH);
        assertThat(some.loss()).isLessThan(one.loss() - 0.3);
    }

    @Test
    void a_few_steps_lower_the_loss_of_critic_and_editor() {
        Weights generator = GeneratorTraining.run(1, MINUTES, 1, folder).weights();
        double one = FeedbackTraining.run(generator, 1, MINUTES, 2, folder).loss();
        double some = FeedbackTraining.run(generator, STEPS, MINUTES, 2, folder).loss();
        assertThat(some).isLessThan(one - 0.3);
    }

    @Test
    void a_seed_gives_the_same_weights_again() {
        Weights once = GeneratorTraining.run(3, MINUTES, 9, folder).weights();
        Weights again = GeneratorTraining.run(3, MINUTES, 9, folder).weights();
        assertThat(again.values()).isEqualTo(once.values());
    }
}
