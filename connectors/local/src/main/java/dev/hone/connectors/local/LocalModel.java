package dev.hone.connectors.local;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.Usage;
import dev.hone.connectors.local.ListprogRole.Answer;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.Sampler;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.Optional;
import java.util.SplittableRandom;

/** A network in a role, as a model. A call takes a few milliseconds and costs nothing. */
final class LocalModel implements Model {

    /** The examples, a draft's places, the start mark and a critique. */
    private static final int LONGEST_PROMPT = Task.VISIBLE + Program.MAX_LENGTH + 2;

    private final String name;
    private final ListprogRole role;
    private final Transformer network;

    LocalModel(String name, ListprogRole role, Transformer network) {
        this.name = name;
        this.role = role;
        this.network = network;
    }

    @Override
    public Usage atMost(ModelRequest request) {
        Optional<ListprogBatch> batch = batch(request);
        if (batch.isPresent()) {
            return new Usage(
                    1,
                    batch.get().mostRead(),
                    Math.min(request.maxTokens(), batch.get().mostWritten()),
                    0);
        }
        return new Usage(1, LONGEST_PROMPT, Math.min(request.maxTokens(), Sampler.LONGEST), 0);
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
        refuseIfOver(context, !context.timeout().isPositive());
        request.refuseImages(name);
        double temperature = request.temperature().orElse(role.usualTemperature());
        if (!Double.isFinite(temperature) || temperature < 0) {
            throw new ConnectorException(
                    Kind.BAD_INPUT, "the temperature is " + temperature, "give a temperature of 0 or more");
        }
        Answer answer = answer(ListprogInputs.of(request), temperature, request.maxTokens(), context);
        return new ModelReply(
                answer.text(),
                answer.finished() ? Finish.STOP : Finish.LENGTH,
                new Usage(1, answer.read(), answer.written(), 0),
                name + "-" + context.seed());
    }

    private Answer answer(ListprogInputs inputs, double temperature, int maxTokens, CallContext context)
            throws ConnectorException {
        Optional<ListprogBatch> batch = role == ListprogRole.GENERATOR ? inputs.batch() : Optional.empty();
        if (batch.isEmpty()) {
            Sampler sampler = new Sampler(temperature, maxTokens, new SplittableRandom(context.seed()));
            return role.answer(inputs, network, sampler);
        }
        long deadline = System.nanoTime() + context.timeout().toNanos();
        Answer answer = batch.get()
                .answer(
                        network,
                        temperature,
                        maxTokens,
                        context.seed(),
                        () -> context.cancellation().cancelled() || System.nanoTime() - deadline >= 0);
        refuseIfOver(context, System.nanoTime() - deadline >= 0);
        return answer;
    }

    /** Empty for what is no batch, or a wrong one, which is told when it is asked. */
    private Optional<ListprogBatch> batch(ModelRequest request) {
        try {
            return role == ListprogRole.GENERATOR ? ListprogInputs.of(request).batch() : Optional.empty();
        } catch (ConnectorException e) {
            return Optional.empty();
        }
    }

    private static void refuseIfOver(CallContext context, boolean late) throws ConnectorException {
        if (context.cancellation().cancelled()) {
            throw new ConnectorException(Kind.CANCELLED, "the run was cancelled", "start it again");
        }
        if (late) {
            throw new ConnectorException(Kind.TIMEOUT, "no time was left for the call", "give the step more time");
        }
    }

    @Override
    public boolean inProcess() {
        return true;
    }
}
