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
        return new Usage(1, LONGEST_PROMPT, Math.min(request.maxTokens(), Sampler.LONGEST), 0);
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
        if (context.cancellation().cancelled()) {
            throw new ConnectorException(Kind.CANCELLED, "the run was cancelled", "start it again");
        }
        if (!context.timeout().isPositive()) {
            throw new ConnectorException(Kind.TIMEOUT, "no time was left for the call", "give the step more time");
        }
        request.refuseImages(name);
        double temperature = request.temperature().orElse(role.usualTemperature());
        if (!Double.isFinite(temperature) || temperature < 0) {
            throw new ConnectorException(
                    Kind.BAD_INPUT, "the temperature is " + temperature, "give a temperature of 0 or more");
        }
        Sampler sampler = new Sampler(temperature, request.maxTokens(), new SplittableRandom(context.seed()));
        Answer answer = role.answer(ListprogInputs.of(request), network, sampler);
        return new ModelReply(
                answer.text(),
                answer.finished() ? Finish.STOP : Finish.LENGTH,
                new Usage(1, answer.read(), answer.written(), 0),
                name + "-" + context.seed());
    }

    @Override
    public boolean inProcess() {
        return true;
    }
}
