package dev.hone.connectors.onnx;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.Usage;
import dev.hone.connectors.common.Bounded;
import java.util.SplittableRandom;

/** A network as a model. Tokens are counted by its own tokenizer, before a call as after it. */
record OnnxModel(String name, Installation installation, Network network) implements Model {

    private static final double USUAL_TEMPERATURE = 1;

    @Override
    public Usage atMost(ModelRequest request) {
        int read = prompt(request).length;
        return new Usage(1, read, Math.clamp(network.context() - (long) read, 0, request.maxTokens()), 0);
    }

    private long[] prompt(ModelRequest request) {
        return network.tokens(installation.prompt(request.messages()));
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
        request.refuseImages(name);
        double temperature = request.temperature().orElse(USUAL_TEMPERATURE);
        if (!Double.isFinite(temperature) || temperature < 0) {
            throw new ConnectorException(
                    Kind.BAD_INPUT, "the temperature is " + temperature, "give a temperature of 0 or more");
        }
        long[] prompt = prompt(request);
        if (prompt.length == 0 || prompt.length >= network.context()) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "the prompt has " + prompt.length + " tokens, and " + name + " reads and writes up to "
                            + network.context(),
                    "shorten the prompt, or change the model");
        }
        Sampler sampler = new Sampler(temperature, new SplittableRandom(context.seed()));
        Writing writing = new Writing(network, prompt, sampler, request.maxTokens(), context.listener());
        return Bounded.run(context, name, writing::stop, () -> network.inTurn(() -> writing.reply(name)));
    }

    @Override
    public boolean inProcess() {
        return true;
    }
}
