package dev.hone.connectors.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.hone.connectors.local.transformer.Weights;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/** Minimises the cross-entropy of a transformer on a stream of batches. */
final class Training {

    private static final Logger LOG = System.getLogger(Training.class.getName());
    private static final int REPORT_EVERY = 50;
    private static final double AVERAGE_RATE = 0.01;

    /** After so many batches in a row without a finite gradient the weights themselves are spoilt. */
    private static final int MOST_LOST = 20;

    /**
     * What was done.
     *
     * @param examples sequences seen, none twice
     * @param loss mean cross-entropy a token, in nats, averaged exponentially over the last 100 steps or so
     */
    record Result(Weights weights, long examples, double loss, double minutes) {}

    /**
     * When to stop, and how to learn until then. The learning rate falls with whichever limit is nearer.
     *
     * @param steps the most steps
     * @param minutes the longest wall-clock time
     * @param batchSize sequences a step
     * @param peakRate the highest learning rate
     * @param warmUp steps in which the rate rises
     */
    record Plan(int steps, double minutes, int batchSize, double peakRate, int warmUp) {

        /** How much is over after {@code step} steps, 0 to 1. */
        double done(int step, double minutesSoFar) {
            return Math.min(1, Math.max(step / (double) steps, minutesSoFar / minutes));
        }
    }

    private Training() {}

    /**
     * @param stream gives so many fresh examples
     * @param progress is told the step, from 1, every {@value #REPORT_EVERY} steps, with what was done so far
     */
    static Result run(
            Weights initial, Plan plan, IntFunction<List<TrainingExample>> stream, ObjIntConsumer<Result> progress) {
        long start = System.nanoTime();
        try (TorchTransformer model = new TorchTransformer(initial)) {
            AdamW adam = new AdamW(model.flat(), new AdamW.Schedule(plan.peakRate(), plan.warmUp()));
            double average = 0;
            int step = 0;
            int lost = 0;
            for (double done = 0; done < 1; done = plan.done(step, minutesSince(start))) {
                double loss = backward(model, Batch.of(stream.apply(plan.batchSize()), initial.shape()));
                if (!adam.step(done)) {
                    LOG.log(
                            Level.WARNING,
                            "after step %d: a batch without a finite gradient is left out".formatted(step));
                    if (++lost == MOST_LOST) {
                        throw new IllegalStateException("the training diverged at step " + step);
                    }
                    continue;
                }
                lost = 0;
                step++;
                average += (loss - average) * Math.max(1.0 / step, AVERAGE_RATE);
                if (step % REPORT_EVERY == 0) {
                    double minutes = minutesSince(start);
                    LOG.log(
                            Level.INFO,
                            "step %d (%.0f %%), loss %.4f, %.0f examples/s, %.1f min"
                                    .formatted(
                                            step,
                                            100 * plan.done(step, minutes),
                                            average,
                                            (double) step * plan.batchSize() / minutes / 60,
                                            minutes));
                    progress.accept(
                            new Result(model.weights(), (long) step * plan.batchSize(), average, minutes), step);
                }
            }
            return new Result(model.weights(), (long) step * plan.batchSize(), average, minutesSince(start));
        }
    }

    private static double minutesSince(long start) {
        return (System.nanoTime() - start) / 6e10;
    }

    /** Adds the gradient of the mean cross-entropy, which is returned. */
    private static double backward(TorchTransformer model, Batch batch) {
        try (NDManager step = model.manager().newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            model.lend(step);
            NDArray log = model.logProbabilities(batch, step);
            int places = batch.targets().length;
            NDArray targets = step.create(batch.targets(), new Shape(places, 1)).toType(DataType.INT64, false);
            NDArray counted = step.create(batch.counted(), new Shape(places, 1));
            NDArray loss =
                    log.gather(targets, 1).mul(counted).sum().div(counted.sum()).neg();
            collector.backward(loss);
            return loss.getFloat();
        }
    }
}
