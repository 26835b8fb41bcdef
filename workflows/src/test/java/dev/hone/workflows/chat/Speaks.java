package dev.hone.workflows.chat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.Usage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A chat model that answers what it is asked, system text and message, as the test says, and remembers what it was asked. */
final class Speaks implements Model {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<String> reply = text -> text;

    /** From now on it answers so, and has been asked nothing. */
    void as(UnaryOperator<String> reply) {
        this.reply = reply;
        asked.clear();
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Usage atMost(ModelRequest request) {
        return new Usage(1, 4000, request.maxTokens(), 0);
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) {
        String text =
                request.messages().stream().map(ModelRequest.Message::text).collect(Collectors.joining("\n"));
        asked.add(text);
        return new ModelReply(reply.apply(text), ModelReply.Finish.STOP, new Usage(1, 100, 20, 0), "");
    }

    @Override
    public boolean inProcess() {
        return true;
    }
}
