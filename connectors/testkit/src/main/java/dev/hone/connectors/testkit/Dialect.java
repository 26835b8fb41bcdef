package dev.hone.connectors.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

/** The JSON in which a request is read and a reply written. */
sealed interface Dialect {

    /** @throws ConnectorException of kind BAD_INPUT when {@code body} is not a request that can be served */
    ChatJson.Call read(String path, String body) throws ConnectorException;

    String reply(String model, ModelReply reply);

    /** Whether a request wants its reply in parts. */
    default boolean streams(String path, String body) throws ConnectorException {
        return json(body).path("stream").asBoolean(false);
    }

    /** The reply as server-sent events. */
    String stream(String model, ModelReply reply);

    /** OpenAI's chat completions. Mistral's differ in the name of the seed. */
    record OpenAi() implements Dialect {
        @Override
        public ChatJson.Call read(String path, String body) throws ConnectorException {
            return ChatJson.read(body);
        }

        @Override
        public String reply(String model, ModelReply reply) {
            return ChatJson.reply(model, reply);
        }

        @Override
        public String stream(String model, ModelReply reply) {
            return Streamed.openAi(model, reply);
        }
    }

    /** Anthropic's messages. */
    record Anthropic() implements Dialect {
        @Override
        public ChatJson.Call read(String path, String body) throws ConnectorException {
            JsonNode root = json(body);
            List<Message> messages = new ArrayList<>();
            if (root.has("system")) {
                messages.add(new Message(Speaker.SYSTEM, ChatJson.text(root.path("system"))));
            }
            for (JsonNode message : root.path("messages")) {
                messages.add(new Message(
                        ChatJson.speaker(message.path("role").asText()), ChatJson.text(message.path("content"))));
            }
            if (!root.path("max_tokens").canConvertToInt()) {
                throw ChatJson.refused("'max_tokens' is missing");
            }
            return new ChatJson.Call(
                    root.path("model").asText(),
                    0,
                    new ModelRequest(
                            messages,
                            ChatJson.inputs(messages),
                            temperature(root.path("temperature")),
                            root.path("max_tokens").asInt()));
        }

        @Override
        public String reply(String model, ModelReply reply) {
            ObjectNode root = MAPPER.createObjectNode()
                    .put("id", reply.rawId())
                    .put("type", "message")
                    .put("role", "assistant")
                    .put("model", model)
                    .put("stop_reason", stopReason(reply));
            root.putArray("content").addObject().put("type", "text").put("text", reply.text());
            root.putObject("usage")
                    .put("input_tokens", reply.usage().inputTokens())
                    .put("output_tokens", reply.usage().outputTokens());
            return root.toString();
        }

        @Override
        public String stream(String model, ModelReply reply) {
            return Streamed.anthropic(model, reply);
        }

        static String stopReason(ModelReply reply) {
            return reply.finish() == ModelReply.Finish.LENGTH ? "max_tokens" : "end_turn";
        }
    }

    /** Gemini's generateContent, with the model in the path. */
    record Gemini() implements Dialect {

        private static final String VERB = ":generateContent";
        private static final String STREAM = ":streamGenerateContent";

        /** Whether a path is a request for a reply. */
        static boolean asks(String path) {
            return path.endsWith(VERB) || path.endsWith(STREAM);
        }

        @Override
        public ChatJson.Call read(String path, String body) throws ConnectorException {
            JsonNode root = json(body);
            List<Message> messages = new ArrayList<>();
            if (root.has("systemInstruction")) {
                messages.add(new Message(
                        Speaker.SYSTEM,
                        ChatJson.text(root.path("systemInstruction").path("parts"))));
            }
            for (JsonNode content : root.path("contents")) {
                messages.add(new Message(
                        content.path("role").asText().equals("model") ? Speaker.ASSISTANT : Speaker.USER,
                        ChatJson.text(content.path("parts"))));
            }
            JsonNode config = root.path("generationConfig");
            return new ChatJson.Call(
                    path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':')),
                    config.path("seed").asLong(0),
                    new ModelRequest(
                            messages,
                            ChatJson.inputs(messages),
                            temperature(config.path("temperature")),
                            config.path("maxOutputTokens").asInt(ChatJson.DEFAULT_MAX_TOKENS)));
        }

        @Override
        public String reply(String model, ModelReply reply) {
            ObjectNode root =
                    MAPPER.createObjectNode().put("responseId", reply.rawId()).put("modelVersion", model);
            ObjectNode candidate = root.putArray("candidates")
                    .addObject()
                    .put("finishReason", reply.finish() == ModelReply.Finish.LENGTH ? "MAX_TOKENS" : "STOP");
            candidate
                    .putObject("content")
                    .put("role", "model")
                    .putArray("parts")
                    .addObject()
                    .put("text", reply.text());
            root.putObject("usageMetadata")
                    .put("promptTokenCount", reply.usage().inputTokens())
                    .put("candidatesTokenCount", reply.usage().outputTokens())
                    .put("totalTokenCount", reply.usage().tokens());
            return root.toString();
        }

        @Override
        public boolean streams(String path, String body) {
            return path.endsWith(STREAM);
        }

        @Override
        public String stream(String model, ModelReply reply) {
            return Streamed.gemini(model, reply);
        }
    }

    /** Amazon Bedrock's Converse, with the model in the path. It is served in one piece. */
    record Converse() implements Dialect {

        static String models(Set<String> names) {
            ObjectNode root = MAPPER.createObjectNode();
            ArrayNode models = root.putArray("modelSummaries");
            names.stream().sorted().forEach(name -> models.addObject().put("modelId", name));
            return root.toString();
        }

        @Override
        public ChatJson.Call read(String path, String body) throws ConnectorException {
            JsonNode root = json(body);
            List<Message> messages = new ArrayList<>();
            if (root.has("system")) {
                messages.add(new Message(Speaker.SYSTEM, ChatJson.text(root.path("system"))));
            }
            for (JsonNode message : root.path("messages")) {
                messages.add(new Message(
                        ChatJson.speaker(message.path("role").asText()), ChatJson.text(message.path("content"))));
            }
            String[] steps = path.split("/", -1);
            JsonNode config = root.path("inferenceConfig");
            return new ChatJson.Call(
                    steps[steps.length - 2],
                    0,
                    new ModelRequest(
                            messages,
                            ChatJson.inputs(messages),
                            temperature(config.path("temperature")),
                            config.path("maxTokens").asInt(ChatJson.DEFAULT_MAX_TOKENS)));
        }

        @Override
        public String reply(String model, ModelReply reply) {
            ObjectNode root = MAPPER.createObjectNode().put("stopReason", Anthropic.stopReason(reply));
            root.putObject("output")
                    .putObject("message")
                    .put("role", "assistant")
                    .putArray("content")
                    .addObject()
                    .put("text", reply.text());
            root.putObject("usage")
                    .put("inputTokens", reply.usage().inputTokens())
                    .put("outputTokens", reply.usage().outputTokens())
                    .put("totalTokens", reply.usage().tokens());
            return root.toString();
        }

        @Override
        public boolean streams(String path, String body) {
            return false;
        }

        @Override
        public String stream(String model, ModelReply reply) {
            return reply(model, reply);
        }
    }

    ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode json(String body) throws ConnectorException {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw ChatJson.refused("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static Optional<Double> temperature(JsonNode node) {
        return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
    }
}
