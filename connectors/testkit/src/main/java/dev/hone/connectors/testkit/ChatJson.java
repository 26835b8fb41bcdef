package dev.hone.connectors.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The JSON of OpenAI's chat completions: a request read, a reply or an error written. */
final class ChatJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final int DEFAULT_MAX_TOKENS = 256;

    /** A request as it came over the wire. */
    record Call(String model, long seed, ModelRequest request) {}

    private ChatJson() {}

    /** @throws ConnectorException of kind BAD_INPUT when {@code body} is not a request that can be served */
    static Call read(String body) throws ConnectorException {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw refused("the body is not JSON: " + e.getOriginalMessage());
        }
        if (root == null || !root.path("model").isTextual()) {
            throw refused("'model' is missing");
        }
        if (root.path("n").asInt(1) != 1) {
            throw refused("'n' is not supported");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : root.path("messages")) {
            messages.add(new Message(speaker(message.path("role").asText()), text(message.path("content"))));
        }
        if (messages.isEmpty()) {
            throw refused("'messages' is missing or empty");
        }
        int maxTokens =
                root.path("max_completion_tokens").asInt(root.path("max_tokens").asInt(DEFAULT_MAX_TOKENS));
        if (maxTokens < 1) {
            throw refused("'max_tokens' must be at least 1, not " + maxTokens);
        }
        Optional<Double> temperature = root.path("temperature").isNumber()
                ? Optional.of(root.path("temperature").asDouble())
                : Optional.empty();
        return new Call(
                root.path("model").asText(),
                root.path("seed").asLong(root.path("random_seed").asLong(0)),
                new ModelRequest(messages, inputs(messages), temperature, maxTokens));
    }

    static String reply(String model, ModelReply reply) {
        ObjectNode root = JSON.createObjectNode()
                .put("id", reply.rawId().isEmpty() ? "chatcmpl-loopback" : reply.rawId())
                .put("object", "chat.completion")
                .put("created", 0)
                .put("model", model);
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0).put("finish_reason", finish(reply));
        choice.putObject("message").put("role", "assistant").put("content", reply.text());
        root.putObject("usage")
                .put("prompt_tokens", reply.usage().inputTokens())
                .put("completion_tokens", reply.usage().outputTokens())
                .put("total_tokens", reply.usage().tokens());
        return root.toString();
    }

    static String models(Set<String> names) {
        ObjectNode root = JSON.createObjectNode().put("object", "list");
        var data = root.putArray("data");
        names.stream().sorted().forEach(name -> data.addObject().put("id", name).put("object", "model"));
        return root.toString();
    }

    static String error(String message, String code) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error").put("message", message).put("code", code);
        return root.toString();
    }

    static String finish(ModelReply reply) {
        return switch (reply.finish()) {
            case STOP, OTHER -> "stop";
            case LENGTH -> "length";
            case FILTERED -> "content_filter";
        };
    }

    static Speaker speaker(String role) throws ConnectorException {
        return switch (role) {
            case "system", "developer" -> Speaker.SYSTEM;
            case "user" -> Speaker.USER;
            case "assistant" -> Speaker.ASSISTANT;
            default -> throw refused("no such role: '" + role + "'");
        };
    }

    /** The content of a message is a string or a list of parts, of which the text parts count. */
    static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    /** Models that read data find it where it travels over HTTP: in the last user message, as one JSON object. */
    static String inputs(List<Message> messages) {
        for (Message message : messages.reversed()) {
            if (message.speaker() == Speaker.USER) {
                return isObject(message.text()) ? message.text() : "{}";
            }
        }
        return "{}";
    }

    private static boolean isObject(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node != null && node.isObject();
        } catch (JsonProcessingException prose) {
            return false;
        }
    }

    static ConnectorException refused(String what) {
        return new ConnectorException(
                ConnectorException.Kind.BAD_INPUT, what, "send an OpenAI chat completion request for one reply");
    }
}
