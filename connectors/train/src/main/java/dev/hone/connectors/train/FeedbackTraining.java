package dev.hone.connectors.train;

import dev.hone.connectors.local.transformer.TransformerShape;
import dev.hone.connectors.local.transformer.Weights;
import java.nio.file.Path;

/**
 * Trains critic and editor as one network: from the examples, a draft and its outputs to the critique, and from those and
 * a critique to the program. It begins with the generator's weights.
 */
final class FeedbackTraining {

    static final TransformerShape SHAPE = new TransformerShape(128, 4, 3, 512, 2, 64, true);

    private static final double PEAK_RATE = 1e-3;
    private static final int WARM_UP = 200;

    private FeedbackTraining() {}

    /**
     * Writes {@code step-N.bin} into {@code folder} every {@value Checkpoints#EVERY} steps.
     *
     * @param generator where training begins, and who writes half of the drafts
     */
    static Training.Result run(Weights generator, int steps, double minutes, long seed, Path folder) {
        try (FeedbackExamples examples = new FeedbackExamples(generator, seed)) {
            return Training.run(
                    InitialWeights.grown(SHAPE, generator, seed),
                    new Training.Plan(steps, minutes, GeneratorTraining.BATCH, PEAK_RATE, Math.min(WARM_UP, steps / 2)),
                    examples::next,
                    (soFar, step) -> {
                        if (step % Checkpoints.EVERY == 0) {
                            Checkpoints.write(soFar, seed, folder.resolve(Checkpoints.step(step)));
                        }
                    });
        }
    }
}
