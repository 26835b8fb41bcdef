package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.listprog.TaskSource.Split;
import dev.hone.connectors.local.transformer.TransformerShape;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Trains a generator: from the four visible examples of a task to its program. */
final class GeneratorTraining {

    static final TransformerShape SHAPE = new TransformerShape(128, 4, 3, 512, 2, 64, false);
    static final int BATCH = 128;

    private static final double PEAK_RATE = 1.3e-3;
    private static final int WARM_UP = 200;

    private GeneratorTraining() {}

    /** Writes {@code step-N.bin} into {@code folder} every {@value Checkpoints#EVERY} steps. */
    static Training.Result run(int steps, double minutes, long seed, Path folder) {
        TaskSource tasks = new TaskSource(seed, Split.TRAINING);
        return Training.run(
                InitialWeights.random(SHAPE, seed),
                new Training.Plan(steps, minutes, BATCH, PEAK_RATE, Math.min(WARM_UP, steps / 2)),
                count -> Stream.generate(() -> TrainingExample.of(tasks.next()))
                        .limit(count)
                        .toList(),
                (soFar, step) -> {
                    if (step % Checkpoints.EVERY == 0) {
                        Checkpoints.write(soFar, seed, folder.resolve(Checkpoints.step(step)));
                    }
                });
    }
}
