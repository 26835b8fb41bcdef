package dev.hone.connectors.train;

import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Bounded;
import dev.hone.connectors.common.OperatorTool;
import dev.hone.connectors.local.Generator;
import dev.hone.connectors.local.ListprogAdapter.Change;
import dev.hone.connectors.local.ListprogAdapter.Example;
import dev.hone.connectors.local.ListprogAdapter.Version;
import dev.hone.connectors.local.TrainerInputs;
import dev.hone.connectors.local.WeightsStore;
import dev.hone.connectors.local.transformer.FineTuning.Taught;
import dev.hone.connectors.local.transformer.Weights;
import dev.hone.connectors.train.FullTuning.Plan;
import dev.hone.connectors.train.FullTuning.Point;
import dev.hone.connectors.train.FullTuning.Tuned;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * A trainer of the local generators that changes all of their weights, with PyTorch: {@code train: {trainer: listprog-full,
 * into: writer, with: {model: "= slot.writer"}}}. The new weights go into the {@link WeightsStore}, and the new version of the
 * slot has their hash.
 */
public final class ListprogFull extends OperatorTool<ListprogFull.Input, ListprogFull.Output> {

    private static final int MOST_STEPS = 10_000;
    private static final int MOST_SECONDS = 3_600;
    private static final int MOST_BATCH = 512;

    /**
     * @param model the value of a model slot: {@code local/listprog-gen}, or a version that this trainer has made
     * @param from {@code base} to begin with the model as it is shipped, as when absent, {@code present} to go on with the version
     * @param steps at most, 200 when absent; the best look on the part held out is kept
     * @param seconds after which no step is begun, 600 when absent; what is learned until then is kept
     * @param rate the highest learning rate, 0.0002 when absent
     * @param batch programs a step, 32 when absent
     * @param heldOut the part of the tasks that is not trained on and decides what is kept; 0.15 when absent
     * @param seed that of the call when absent
     */
    public record Input(
            List<Example> data,
            Object model,
            Optional<String> from,
            Optional<Integer> steps,
            Optional<Integer> seconds,
            Optional<Double> rate,
            Optional<Integer> batch,
            Optional<Double> heldOut,
            Optional<Long> seed) {}

    /**
     * @param value the model with the hash of its new weights
     * @param score by how many nats a program of the part held out has become likelier; 0 when nothing was learned
     * @param step the one whose weights were kept, 0 when none was better than none
     * @param curve of the mean losses
     * @param trained programs that were taught, with those held out
     */
    public record Output(Version value, double score, int step, List<Point> curve, int trained) {}

    public ListprogFull() {
        this(System::getenv);
    }

    ListprogFull(UnaryOperator<String> variables) {
        super("listprog-full", Input.class, Output.class, variables);
    }

    /**
     * @throws ConnectorException of kind BAD_INPUT, CANCELLED or TIMEOUT; UNKNOWN when the operator names no directory or the
     *     version's weights are not there; BROKEN when the directory is none or the version's weights are damaged
     */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Plan plan = plan(input, context);
        Generator generator = Generator.of(input.model());
        boolean goesOn = TrainerInputs.goesOn(input.from());
        List<Taught> taught = TrainerInputs.taught(input.data());
        WeightsStore store = WeightsStore.of(variables);
        Weights initial = goesOn ? generator.changed(store) : generator.shipped();
        AtomicBoolean stopped = new AtomicBoolean();
        Tuned tuned = Bounded.run(
                context,
                "the training of " + generator.model(),
                () -> stopped.set(true),
                () -> result(Torch.submit(() -> FullTuning.tune(initial, taught, plan, stopped::get))));
        Adapter kept = store.keep(tuned.weights());
        return new Output(
                new Version(generator.model(), new Change(kept.format(), kept.data())),
                score(tuned),
                tuned.step(),
                tuned.curve(),
                taught.size());
    }

    private static double score(Tuned tuned) {
        double least = tuned.curve().stream()
                .filter(point -> point.step() == tuned.step())
                .mapToDouble(Point::heldOut)
                .findFirst()
                .orElseThrow();
        return tuned.curve().getFirst().heldOut() - least;
    }

    private static Tuned result(Future<Tuned> training) throws ConnectorException {
        try {
            return training.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(Kind.CANCELLED, "the training was stopped", "start the run again if wanted");
        } catch (ExecutionException e) {
            throw new ConnectorException(
                    Kind.BROKEN,
                    "PyTorch failed: " + e.getCause(),
                    "see whether the libraries of this platform are on the class path, and how much memory is left",
                    null,
                    e.getCause());
        }
    }

    private static Plan plan(Input input, CallContext context) throws ConnectorException {
        int steps = input.steps().orElse(200);
        int seconds = input.seconds().orElse(600);
        Plan plan = new Plan(
                steps,
                Duration.ofSeconds(seconds),
                input.rate().orElse(2e-4),
                input.batch().orElse(32),
                input.heldOut().orElse(0.15),
                input.seed().orElse(context.seed()));
        TrainerInputs.within("steps", steps, 1, MOST_STEPS);
        TrainerInputs.within("seconds", seconds, 1, MOST_SECONDS);
        TrainerInputs.within("rate", plan.rate(), 1e-7, 0.01);
        TrainerInputs.within("batch", plan.batch(), 1, MOST_BATCH);
        TrainerInputs.within("heldOut", plan.heldOut(), 0, 0.5);
        return plan;
    }
}
