package dev.hone.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ModelRequest;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * OpenAI's chat completions, which most servers imitate.
 *
 * @param keyHeader the header that holds the key; empty for {@code Authorization: Bearer}
 */
record OpenAiProtocol(Optional<String> keyHeader) implements Protocol {

    OpenAiProtocol() {
        this(Optional.empty());
    }

    @Override
    public String server() {
        return "an OpenAI-compatible server";
    }

    @Override
    public boolean needsKey() {
        return false;
    }

    /** Servers differ, and say so themselves. */
    @Override
    public double hottest() {
        return Double.MAX_VALUE;
    }

    @Override
    public ChatResponse ask(Call call) {
        var builder = OpenAiChatModel.builder()
                .httpClientBuilder(call.http())
                .baseUrl(call.address())
                .modelName(call.model())
                .strictJsonSchema(true)
                .maxRetries(0)
                .logRequests(false)
                .logResponses(false);
        call.secret()
                .ifPresent(key -> keyHeader.ifPresentOrElse(
                        header -> builder.customHeaders(Map.of(header, key)), () -> builder.apiKey(key)));
        var parameters =
                OpenAiChatRequestParameters.builder().modelName(call.model()).seed(call.seed());
        call.request().temperature().ifPresent(parameters::temperature);
        if (call.endpoint().kind().schemas()) {
            Schemas.of(call.request()).ifPresent(parameters::responseFormat);
        }
        if (call.endpoint().kind().cacheKeys()) {
            cacheKey(call.request()).ifPresent(key -> parameters.customParameters(Map.of("prompt_cache_key", key)));
        }
        switch (call.endpoint().kind().limit()) {
            case MAX_TOKENS -> parameters.maxOutputTokens(call.request().maxTokens());
            case MAX_COMPLETION_TOKENS ->
                parameters.maxCompletionTokens(call.request().maxTokens());
        }
        return builder.build()
                .chat(ChatRequest.builder()
                        .messages(call.messages())
                        .parameters(parameters.build())
                        .build());
    }

    /** Requests with the same key are sent to the same machine, which has kept what they begin with. */
    private static Optional<String> cacheKey(ModelRequest request) {
        return request.messages().stream()
                .filter(ModelRequest.Message::kept)
                .map(ModelRequest.Message::text)
                .reduce(String::concat)
                .map(text -> UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                        .toString());
    }

    /** The counts come only to those who ask for them. */
    @Override
    public String streamed(String url, ObjectNode body) {
        body.put("stream", true).putObject("stream_options").put("include_usage", true);
        return url;
    }

    @Override
    public String part(JsonNode event) {
        return Protocol.text(event.at("/choices/0/delta/content"));
    }

    @Override
    public Optional<ObjectNode> whole(List<JsonNode> events) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        StringBuilder content = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        String finish = "";
        for (JsonNode event : events) {
            event.properties().stream()
                    .filter(field ->
                            !field.getValue().isNull() && !field.getKey().equals("choices"))
                    .forEach(field -> whole.set(field.getKey(), field.getValue()));
            JsonNode choice = event.at("/choices/0");
            content.append(part(event));
            thoughts.append(Protocol.text(choice.at("/delta/reasoning_content")))
                    .append(Protocol.text(choice.at("/delta/reasoning")));
            finish = choice.path("finish_reason").asText(finish);
        }
        ObjectNode choice =
                whole.putArray("choices").addObject().put("index", 0).put("finish_reason", finish);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", content.toString())
                .put("reasoning_content", thoughts.toString());
        return finish.isEmpty() ? Optional.empty() : Optional.of(whole);
    }

    @Override
    public Map<String, String> headers(String key) {
        return keyHeader.map(header -> Map.of(header, key)).orElseGet(() -> Map.of("Authorization", "Bearer " + key));
    }

    @Override
    public String usageField() {
        return "usage";
    }

    @Override
    public Tokens tokens(JsonNode answer) {
        JsonNode usage = answer.path("usage");
        return new Tokens(
                Tokens.count(usage.path("prompt_tokens")),
                Tokens.count(usage.at("/prompt_tokens_details/cached_tokens")),
                OptionalLong.empty(),
                Tokens.count(usage.path("completion_tokens")),
                Tokens.count(usage.at("/completion_tokens_details/reasoning_tokens")));
    }

    @Override
    public String id(JsonNode answer) {
        return answer.path("id").asText("");
    }

    @Override
    public String finishWord(JsonNode answer) {
        return answer.at("/choices/0/finish_reason").asText("");
    }

    @Override
    public boolean filtered(JsonNode answer) {
        return finishWord(answer).equals("content_filter");
    }

    /** Two names are in use for the same. */
    @Override
    public String thoughts(JsonNode answer) {
        JsonNode message = answer.at("/choices/0/message");
        return message.path("reasoning_content")
                .asText(message.path("reasoning").asText(""));
    }
}
