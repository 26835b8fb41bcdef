package dev.hone.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Anthropic's messages. It takes no seed. */
record AnthropicProtocol() implements Protocol {

    @Override
    public String server() {
        return "Anthropic's API";
    }

    @Override
    public boolean needsKey() {
        return true;
    }

    @Override
    public double hottest() {
        return 1;
    }

    @Override
    public ChatResponse ask(Call call) {
        var parameters = ChatRequestParameters.builder()
                .modelName(call.model())
                .maxOutputTokens(call.request().maxTokens());
        call.request().temperature().ifPresent(parameters::temperature);
        return AnthropicChatModel.builder()
                .httpClientBuilder(call.http())
                .baseUrl(call.address())
                .apiKey(call.secret().orElseThrow())
                .modelName(call.model())
                .cacheSystemMessages(call.request().keeps())
                .maxRetries(0)
                .logRequests(false)
                .logResponses(false)
                .build()
                .chat(ChatRequest.builder()
                        .messages(call.messages())
                        .parameters(parameters.build())
                        .build());
    }

    @Override
    public String streamed(String url, ObjectNode body) {
        body.put("stream", true);
        return url;
    }

    @Override
    public String part(JsonNode event) {
        return Protocol.text(event.at("/delta/text"));
    }

    /** Begun by an event with the message, filled block by block, ended by one with the reason and the last count. */
    @Override
    public Optional<ObjectNode> whole(List<JsonNode> events) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        Map<Integer, ObjectNode> blocks = new TreeMap<>();
        for (JsonNode event : events) {
            JsonNode delta = event.path("delta");
            switch (event.path("type").asText()) {
                case "message_start" ->
                    event.path("message").properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
                case "content_block_start" -> {
                    if (event.path("content_block") instanceof ObjectNode block) {
                        blocks.put(event.path("index").asInt(), block);
                    }
                }
                case "content_block_delta" -> {
                    ObjectNode block = blocks.get(event.path("index").asInt());
                    if (block != null) {
                        append(delta, block);
                    }
                }
                case "message_delta" -> {
                    whole.set("stop_reason", delta.path("stop_reason"));
                    event.path("usage")
                            .properties()
                            .forEach(count -> whole.withObject("/usage").set(count.getKey(), count.getValue()));
                }
                default -> {}
            }
        }
        whole.putArray("content").addAll(blocks.values());
        return whole.path("stop_reason").isTextual() ? Optional.of(whole) : Optional.empty();
    }

    private static void append(JsonNode delta, ObjectNode block) {
        for (Map.Entry<String, JsonNode> field : delta.properties()) {
            if (field.getValue().isTextual() && !field.getKey().equals("type")) {
                block.put(
                        field.getKey(),
                        Protocol.text(block.path(field.getKey()))
                                + field.getValue().textValue());
            }
        }
    }

    @Override
    public Map<String, String> headers(String key) {
        return Map.of("x-api-key", key, "anthropic-version", "2023-06-01");
    }

    @Override
    public String usageField() {
        return "usage";
    }

    /** Its input is what was neither read from the cache nor written to it. */
    @Override
    public Tokens tokens(JsonNode answer) {
        JsonNode usage = answer.path("usage");
        OptionalLong cached = Tokens.count(usage.path("cache_read_input_tokens"));
        OptionalLong kept = Tokens.count(usage.path("cache_creation_input_tokens"));
        return new Tokens(
                Tokens.sum(Tokens.count(usage.path("input_tokens")), cached, kept),
                cached,
                kept,
                Tokens.count(usage.path("output_tokens")),
                OptionalLong.empty());
    }

    @Override
    public String id(JsonNode answer) {
        return answer.path("id").asText("");
    }

    @Override
    public String finishWord(JsonNode answer) {
        return answer.path("stop_reason").asText("");
    }

    @Override
    public boolean filtered(JsonNode answer) {
        return finishWord(answer).equals("refusal");
    }

    @Override
    public String thoughts(JsonNode answer) {
        StringBuilder thoughts = new StringBuilder();
        answer.path("content")
                .forEach(part -> thoughts.append(part.path("thinking").asText("")));
        return thoughts.toString();
    }
}
