package dev.hone.workflows.paths;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.Usage;
import java.util.function.UnaryOperator;

/** A model that answers each message as the test says. */
record Says(UnaryOperator<String> reply) implements Model {

    @Override
    public Usage atMost(ModelRequest request) {
        return new Usage(1, 1000, request.maxTokens(), 0);
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) {
        String message = request.messages().getLast().text();
        return new ModelReply(reply.apply(message), ModelReply.Finish.STOP, new Usage(1, 10, 10, 0), "");
    }

    @Override
    public boolean inProcess() {
        return true;
    }
}
