package dev.hone.connectors.local.transformer;

import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Teaches a generator programs by a change of its last MLP and its logits, in plain Java: about a millisecond for each
 * program and epoch. The same examples and plan give the same change on every machine with the same arithmetic.
 */
public final class FineTuning {

    private static final double DECAY = 0.01;
    private static final double LAST_RATE = 0.1;

    /**
     * A program that a task is to be answered with.
     *
     * @param weight how much it counts, above 0
     */
    public record Taught(List<Example> task, Program program, double weight) {}

    /**
     * How it is taught.
     *
     * @param rank of the updates of the MLP's maps
     * @param epochs at most; the best one on the part held out is kept
     * @param rate the first learning rate; it falls evenly to a tenth of it
     * @param batch examples a step
     * @param heldOut how large a part of the tasks is not trained on but decides when to stop, 0 to 0.5
     */
    public record Plan(int rank, int epochs, double rate, int batch, double heldOut, long seed) {}

    /**
     * A point of the curve: mean losses of a program, in nats.
     *
     * @param epoch 0 before the training
     * @param heldOut of the part held out; of what was trained on when nothing is held out
     */
    public record Point(int epoch, double trained, double heldOut) {}

    /**
     * What came of it.
     *
     * @param patch as bytes, at most some 20 kB; of zeros when no epoch was better than none
     * @param epoch the one that was kept, 0 for none
     */
    public record Tuned(byte[] patch, int epoch, List<Point> curve) {}

    private FineTuning() {}

    /** The model with the change in {@code patch}, sharing everything else with it. */
    public static Transformer patched(Transformer model, byte[] patch) throws IOException {
        return model.with(Patch.read(patch, model.shape()));
    }

    /**
     * Trains.
     *
     * @param from the change to go on with, in place of none
     * @param cancelled asked between two batches; a training that is cancelled ends at once, with what it has
     */
    public static Tuned tune(
            Transformer model, Optional<byte[]> from, List<Taught> taught, Plan plan, BooleanSupplier cancelled)
            throws IOException {
        SplittableRandom random = new SplittableRandom(plan.seed());
        Patch patch = from.isPresent()
                ? Patch.read(from.get(), model.shape())
                : Patch.initial(model.shape(), plan.rank(), random);
        Split split = Split.of(taught, plan.heldOut(), plan.seed());
        List<Lesson> heldOut = lessons(model, split.heldOut(), cancelled);
        List<Lesson> trained = lessons(model, split.trained(), cancelled);
        PatchTraining training = new PatchTraining(model);
        List<Point> curve = new ArrayList<>();
        Patch best = patch.copy();
        int bestEpoch = 0;
        double least = training.loss(patch, heldOut.isEmpty() ? trained : heldOut);
        curve.add(new Point(0, training.loss(patch, trained), least));
        AdamW adam = new AdamW(patch, model.shape(), DECAY);
        Patch gradient = Patch.zero(model.shape(), patch.up().rank());
        int steps = plan.epochs() * Math.ceilDiv(trained.size(), plan.batch());
        int step = 0;
        for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
            Collections.shuffle(trained, new Random(plan.seed() + epoch));
            double sum = 0;
            for (int at = 0; at < trained.size(); at += plan.batch()) {
                if (cancelled.getAsBoolean()) {
                    return new Tuned(best.bytes(), bestEpoch, List.copyOf(curve));
                }
                List<Lesson> batch = trained.subList(at, Math.min(trained.size(), at + plan.batch()));
                PatchTraining.clear(gradient);
                sum += batch.size() * training.backward(patch, batch, gradient);
                double done = (double) step++ / steps;
                adam.step(gradient, plan.rate() * (1 - (1 - LAST_RATE) * done));
            }
            double mean = sum / Math.max(1, trained.size());
            double now = heldOut.isEmpty() ? mean : training.loss(patch, heldOut);
            curve.add(new Point(epoch, mean, now));
            if (now < least) {
                least = now;
                best = patch.copy();
                bestEpoch = epoch;
            }
        }
        return new Tuned(best.bytes(), bestEpoch, List.copyOf(curve));
    }

    /** Empty when cancelled, and then not used. */
    private static List<Lesson> lessons(Transformer model, List<Taught> taught, BooleanSupplier cancelled) {
        List<Lesson> lessons = new ArrayList<>();
        for (Taught one : taught) {
            if (cancelled.getAsBoolean()) {
                return new ArrayList<>();
            }
            lessons.add(model.lesson(one.task(), one.program(), one.weight()));
        }
        return lessons;
    }
}
