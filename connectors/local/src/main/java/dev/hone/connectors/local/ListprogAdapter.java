package dev.hone.connectors.local;

import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.transformer.FineTuning;
import dev.hone.connectors.local.transformer.FineTuning.Plan;
import dev.hone.connectors.local.transformer.FineTuning.Point;
import dev.hone.connectors.local.transformer.FineTuning.Taught;
import dev.hone.connectors.local.transformer.FineTuning.Tuned;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A trainer of the local generators: it teaches them programs by changing their last MLP (low-rank, Hu et al. 2021) and their
 * logits, in this process, in seconds: {@code train: {trainer: listprog-adapter, into: writer, with: {model: "= slot.writer"}}}.
 * The new version of the slot is the model with an adapter, which goes with the run.
 */
public final class ListprogAdapter implements Connector<ListprogAdapter.Input, ListprogAdapter.Output> {

    private static final int MOST_EPOCHS = 50;
    private static final int MOST_RANK = 16;

    /** A program that is a right answer to a task. */
    public record Answer(ListprogTask task, String program) {}

    /**
     * @param weight how much it counts; what has none above 0 is left out
     * @param from where it came from
     */
    public record Example(Answer example, double weight, String from) {}

    /**
     * @param model the value of a model slot: {@code local/listprog-gen}, or a version that this trainer has made
     * @param from {@code base} to begin with the model as it is shipped, as when absent, {@code present} to go on with the version
     * @param rank of the updates; 4 when absent, that of the version when it goes on
     * @param epochs at most, 3 when absent; the best of them on the part held out is kept
     * @param rate the first learning rate, 0.002 when absent
     * @param heldOut the part of the tasks that is not trained on and decides which epoch is kept; 0.15 when absent
     * @param seed that of the call when absent
     */
    public record Input(
            List<Example> data,
            Object model,
            Optional<String> from,
            Optional<Integer> rank,
            Optional<Integer> epochs,
            Optional<Double> rate,
            Optional<Integer> batch,
            Optional<Double> heldOut,
            Optional<Long> seed) {}

    /** A model as it was changed. */
    public record Version(String model, Change adapter) {}

    /** What was changed of it. */
    public record Change(String format, String data) {}

    /**
     * @param value the model with what it has learned
     * @param score by how many nats a program of the part held out has become likelier; 0 when nothing was learned
     * @param epoch the one that was kept, 0 when none was better than none
     * @param curve of the mean losses
     * @param trained programs that it was trained on
     */
    public record Output(Version value, double score, int epoch, List<Point> curve, int trained) {}

    @Override
    public String name() {
        return "listprog-adapter";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT, CANCELLED or TIMEOUT */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Plan plan = plan(input, context);
        Generator start = Generator.of(input.model());
        boolean goesOn = TrainerInputs.goesOn(input.from());
        List<Taught> taught = TrainerInputs.taught(input.data());
        long deadline = System.nanoTime() + context.timeout().toNanos();
        Optional<byte[]> from = goesOn && start.adapter().isPresent()
                ? Optional.of(Trained.patch(start.checkpoint(), start.adapter().get()))
                : Optional.empty();
        Tuned tuned;
        try {
            tuned = FineTuning.tune(
                    start.checkpoint().network(),
                    from,
                    taught,
                    plan,
                    () -> context.cancellation().cancelled() || System.nanoTime() - deadline >= 0);
        } catch (IOException e) {
            throw ListprogTask.bad("the adapter to go on with cannot be used: " + e.getMessage());
        }
        if (context.cancellation().cancelled()) {
            throw new ConnectorException(Kind.CANCELLED, "the training was cancelled", "start the run again if wanted");
        }
        if (System.nanoTime() - deadline >= 0) {
            throw new ConnectorException(
                    Kind.TIMEOUT,
                    "the training was not over within " + context.timeout(),
                    "give it fewer examples or epochs");
        }
        Adapter adapter = Trained.adapter(start.checkpoint(), tuned.patch());
        double score = tuned.curve().getFirst().heldOut()
                - tuned.curve().get(tuned.epoch()).heldOut();
        return new Output(
                new Version(start.model(), new Change(adapter.format(), adapter.data())),
                score,
                tuned.epoch(),
                tuned.curve(),
                taught.size());
    }

    private static Plan plan(Input input, CallContext context) throws ConnectorException {
        Plan plan = new Plan(
                input.rank().orElse(4),
                input.epochs().orElse(3),
                input.rate().orElse(0.002),
                input.batch().orElse(16),
                input.heldOut().orElse(0.15),
                input.seed().orElse(context.seed()));
        TrainerInputs.within("rank", plan.rank(), 1, MOST_RANK);
        TrainerInputs.within("epochs", plan.epochs(), 1, MOST_EPOCHS);
        TrainerInputs.within("rate", plan.rate(), 1e-6, 1);
        TrainerInputs.within("batch", plan.batch(), 1, 1_000);
        TrainerInputs.within("heldOut", plan.heldOut(), 0, 0.5);
        return plan;
    }
}
