package dev.hone.connectors.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Amazon Bedrock's Converse. LangChain4j reaches it through Amazon's own HTTP clients only, whose connections {@link Exchange}
 * cannot hold, so the request is written and the answer read here. It takes no seed. Its streams are in a binary form of
 * their own and are not asked for.
 */
record ConverseProtocol() implements Protocol {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "x-amzn-RequestId";

    @Override
    public String server() {
        return "Amazon Bedrock";
    }

    @Override
    public boolean needsKey() {
        return true;
    }

    /** Models are listed by another server of the region. */
    @Override
    public String catalogue(URI address) {
        return address.toString().replaceFirst("//bedrock-runtime\\.", "//bedrock.") + "/foundation-models";
    }

    @Override
    public double hottest() {
        return 1;
    }

    @Override
    public ChatResponse ask(Call call) {
        String model = URLEncoder.encode(call.model(), StandardCharsets.UTF_8).replace("+", "%20");
        SuccessfulHttpResponse answer = call.http()
                .build()
                .execute(HttpRequest.builder()
                        .method(HttpMethod.POST)
                        .url(call.address() + "/model/" + model + "/converse")
                        .addHeader("Content-Type", "application/json")
                        .addHeaders(headers(call.secret().orElseThrow()))
                        .body(body(call.request()).toString())
                        .build());
        JsonNode root = parsed(answer.body());
        if (!content(root).isArray()) {
            throw new IllegalStateException("no content");
        }
        return ChatResponse.builder()
                .id(answer.headers().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase(ID))
                        .map(header -> header.getValue().getFirst())
                        .findFirst()
                        .orElse(""))
                .aiMessage(AiMessage.from(text(root)))
                .finishReason(reason(finishWord(root)))
                .build();
    }

    private static ObjectNode body(ModelRequest request) {
        ObjectNode body = JSON.createObjectNode();
        for (Message message : request.messages()) {
            if (message.speaker() == Speaker.SYSTEM) {
                ArrayNode system = body.withArray("/system");
                system.addObject().put("text", message.text());
                if (message.kept()) {
                    system.addObject().putObject("cachePoint").put("type", "default");
                }
            } else {
                write(message, body.withArray("/messages").addObject());
            }
        }
        ObjectNode config = body.putObject("inferenceConfig").put("maxTokens", request.maxTokens());
        request.temperature().ifPresent(temperature -> config.put("temperature", temperature));
        return body;
    }

    private static void write(Message message, ObjectNode to) {
        to.put("role", message.speaker() == Speaker.USER ? "user" : "assistant");
        ArrayNode content = to.putArray("content");
        content.addObject().put("text", message.text());
        message.images()
                .forEach(image -> content.addObject()
                        .putObject("image")
                        .put("format", image.mediaType().substring("image/".length()))
                        .putObject("source")
                        .put("bytes", image.base64()));
    }

    private static JsonNode parsed(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON", e);
        }
    }

    private static JsonNode content(JsonNode answer) {
        return answer.at("/output/message/content");
    }

    private static String text(JsonNode answer) {
        StringBuilder text = new StringBuilder();
        content(answer).forEach(part -> text.append(Protocol.text(part.path("text"))));
        return text.toString();
    }

    private static FinishReason reason(String word) {
        return switch (word) {
            case "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            default -> FinishReason.OTHER;
        };
    }

    @Override
    public String streamed(String url, ObjectNode body) {
        return url;
    }

    @Override
    public String part(JsonNode event) {
        return "";
    }

    @Override
    public Optional<ObjectNode> whole(List<JsonNode> events) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> headers(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }

    @Override
    public String usageField() {
        return "usage";
    }

    /** Its input is what was neither read from the cache nor written to it. */
    @Override
    public Tokens tokens(JsonNode answer) {
        JsonNode usage = answer.path("usage");
        OptionalLong cached = Tokens.count(usage.path("cacheReadInputTokens"));
        OptionalLong kept = Tokens.count(usage.path("cacheWriteInputTokens"));
        return new Tokens(
                Tokens.sum(Tokens.count(usage.path("inputTokens")), cached, kept),
                cached,
                kept,
                Tokens.count(usage.path("outputTokens")),
                OptionalLong.empty());
    }

    /** It is in a header alone. */
    @Override
    public String id(JsonNode answer) {
        return "";
    }

    @Override
    public String finishWord(JsonNode answer) {
        return answer.path("stopReason").asText("");
    }

    @Override
    public boolean filtered(JsonNode answer) {
        return finishWord(answer).equals("guardrail_intervened")
                || finishWord(answer).equals("content_filtered");
    }

    @Override
    public String thoughts(JsonNode answer) {
        StringBuilder thoughts = new StringBuilder();
        content(answer)
                .forEach(part -> thoughts.append(Protocol.text(part.at("/reasoningContent/reasoningText/text"))));
        return thoughts.toString();
    }
}
