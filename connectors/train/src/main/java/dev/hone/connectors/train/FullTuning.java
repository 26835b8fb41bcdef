package dev.hone.connectors.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.hone.connectors.local.transformer.FineTuning.Taught;
import dev.hone.connectors.local.transformer.Split;
import dev.hone.connectors.local.transformer.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Teaches a generator programs by changing all of its weights. The loss is the weighted mean, over programs, of the
 * cross-entropy of their tokens, in nats.
 */
final class FullTuning implements AutoCloseable {

    /** How often the part held out is looked at. */
    private static final int LOOKS = 10;

    private static final int MOST_WARM_UP = 20;
    private static final int READ_AT_ONCE = 128;

    /**
     * How it is taught.
     *
     * @param steps at most; the best look on the part held out is kept
     * @param time after which no further step is begun
     * @param rate the highest learning rate, after a tenth of the steps or {@value #MOST_WARM_UP}; it falls by a cosine
     * @param batch programs a step
     * @param heldOut how large a part of the tasks is not trained on but decides what is kept, 0 to 0.5
     */
    record Plan(int steps, Duration time, double rate, int batch, double heldOut, long seed) {}

    /**
     * A look: mean losses of a program, in nats.
     *
     * @param step 0 before the training
     * @param trained of the steps since the look before; at step 0 of all that is trained on
     * @param heldOut of the part held out; of all that is trained on when nothing is held out
     */
    public record Point(int step, double trained, double heldOut) {}

    /**
     * What came of it.
     *
     * @param step after which the weights were kept, 0 when they are those that it began with
     */
    record Tuned(Weights weights, int step, List<Point> curve) {}

    private final TorchTransformer model;
    private final AdamW adam;

    private FullTuning(Weights initial, Plan plan) {
        this.model = new TorchTransformer(initial);
        int warmUp = Math.clamp(plan.steps() / 10, 1, MOST_WARM_UP);
        this.adam = new AdamW(model.flat(), new AdamW.Schedule(plan.rate(), warmUp));
    }

    /**
     * Trains, on the thread of {@link Torch}.
     *
     * @param stopped asked between two steps; a training that is stopped ends at once, with what it has
     */
    static Tuned tune(Weights initial, List<Taught> taught, Plan plan, BooleanSupplier stopped) {
        Split split = Split.of(taught, plan.heldOut(), plan.seed());
        try (FullTuning tuning = new FullTuning(initial, plan)) {
            return tuning.tune(initial, split, plan, stopped);
        }
    }

    private Tuned tune(Weights initial, Split split, Plan plan, BooleanSupplier stopped) {
        long end = System.nanoTime() + plan.time().toNanos();
        List<Taught> order = new ArrayList<>(split.trained());
        List<Taught> judges = split.heldOut().isEmpty() ? split.trained() : split.heldOut();
        double least = loss(judges, stopped);
        List<Point> curve = new ArrayList<>();
        curve.add(new Point(0, split.heldOut().isEmpty() ? least : loss(order, stopped), least));
        Weights best = initial;
        int kept = 0;
        Random random = new Random(plan.seed());
        double sum = 0;
        double weights = 0;
        int at = order.size();
        boolean over = order.isEmpty();
        for (int step = 1; step <= plan.steps() && !over; step++) {
            if (at >= order.size()) {
                Collections.shuffle(order, random);
                at = 0;
            }
            List<Taught> batch = order.subList(at, Math.min(order.size(), at + plan.batch()));
            at += batch.size();
            double counts = batch.stream().mapToDouble(Taught::weight).sum();
            sum += counts * backward(batch);
            weights += counts;
            adam.step((step - 1.0) / plan.steps());
            over = stopped.getAsBoolean() || System.nanoTime() - end >= 0;
            if (over || step % Math.ceilDiv(plan.steps(), LOOKS) == 0 || step == plan.steps()) {
                double mean = sum / weights;
                double now = loss(judges, stopped);
                curve.add(new Point(step, mean, now));
                sum = 0;
                weights = 0;
                if (now < least) {
                    least = now;
                    best = model.weights();
                    kept = step;
                }
            }
        }
        return new Tuned(best, kept, List.copyOf(curve));
    }

    /** The weighted mean loss; 0 without any. */
    private double loss(List<Taught> taught, BooleanSupplier stopped) {
        double sum = 0;
        double weights = 0;
        for (int at = 0; at < taught.size() && !stopped.getAsBoolean(); at += READ_AT_ONCE) {
            List<Taught> some = taught.subList(at, Math.min(taught.size(), at + READ_AT_ONCE));
            double counts = some.stream().mapToDouble(Taught::weight).sum();
            try (NDManager step = model.manager().newSubManager()) {
                sum += counts * loss(some, step).getFloat();
            }
            weights += counts;
        }
        return weights == 0 ? 0 : sum / weights;
    }

    /** Adds the gradient of the weighted mean loss, which is returned. */
    private double backward(List<Taught> taught) {
        try (NDManager step = model.manager().newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = loss(taught, step);
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    private NDArray loss(List<Taught> taught, NDManager step) {
        model.lend(step);
        Batch batch = Batch.of(taught.stream().map(TrainingExample::of).toList(), model.shape());
        int places = batch.targets().length;
        NDArray targets = step.create(batch.targets(), new Shape(places, 1)).toType(DataType.INT64, false);
        NDArray counted = step.create(shares(taught, batch), new Shape(places, 1));
        return model.logProbabilities(batch, step)
                .gather(targets, 1)
                .mul(counted)
                .sum()
                .neg();
    }

    /** How much each place counts: its program's part of all weights. */
    private static float[] shares(List<Taught> taught, Batch batch) {
        double weights = taught.stream().mapToDouble(Taught::weight).sum();
        float[] shares = batch.counted().clone();
        int places = shares.length / taught.size();
        for (int i = 0; i < shares.length; i++) {
            shares[i] *= (float) (taught.get(i / places).weight() / weights);
        }
        return shares;
    }

    @Override
    public void close() {
        model.close();
    }
}
