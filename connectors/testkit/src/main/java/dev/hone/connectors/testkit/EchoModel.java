package dev.hone.connectors.testkit;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The smallest honest model: it says the words of the last message again, in their order at temperature 0 and in an order
 * drawn from the seed otherwise. A token is a word. It is to protocols what a loopback plug is to cables.
 */
public final class EchoModel implements Model {

    @Override
    public Usage atMost(ModelRequest request) {
        return new Usage(1, wordsRead(request), request.maxTokens(), 0);
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
        if (context.cancellation().cancelled()) {
            throw new ConnectorException(Kind.CANCELLED, "the run was cancelled", "start it again");
        }
        if (!context.timeout().isPositive()) {
            throw new ConnectorException(Kind.TIMEOUT, "no time was left for the call", "give the step more time");
        }
        request.refuseImages("echo");
        double temperature = request.temperature().orElse(0.0);
        if (!(temperature >= 0)) {
            throw new ConnectorException(
                    Kind.BAD_INPUT, "the temperature is " + temperature, "give a temperature of 0 or more");
        }
        List<String> words = new ArrayList<>(words(request.messages().getLast().text()));
        if (temperature > 0) {
            Collections.shuffle(words, new Random(context.seed()));
        }
        boolean all = words.size() <= request.maxTokens();
        List<String> said = all ? words : words.subList(0, request.maxTokens());
        return new ModelReply(
                String.join(" ", said),
                all ? Finish.STOP : Finish.LENGTH,
                new Usage(1, wordsRead(request), said.size(), 0),
                "echo-" + context.seed());
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    private static long wordsRead(ModelRequest request) {
        return request.messages().stream()
                .mapToLong(message -> words(message).size())
                .sum();
    }

    private static List<String> words(Message message) {
        return words(message.text());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
