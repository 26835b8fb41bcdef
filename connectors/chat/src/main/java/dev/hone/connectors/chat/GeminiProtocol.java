package dev.hone.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Gemini's generateContent. */
record GeminiProtocol() implements Protocol {

    private static final Set<String> HELD_BACK =
            Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE");

    @Override
    public String server() {
        return "Gemini's API";
    }

    @Override
    public boolean needsKey() {
        return true;
    }

    @Override
    public double hottest() {
        return 2;
    }

    @Override
    public ChatResponse ask(Call call) {
        var parameters = ChatRequestParameters.builder()
                .modelName(call.model())
                .maxOutputTokens(call.request().maxTokens());
        call.request().temperature().ifPresent(parameters::temperature);
        Schemas.of(call.request()).ifPresent(parameters::responseFormat);
        return GoogleAiGeminiChatModel.builder()
                .httpClientBuilder(call.http())
                .baseUrl(call.address())
                .apiKey(call.secret().orElseThrow())
                .modelName(call.model())
                .seed(call.seed())
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
        return url.replaceFirst(":generateContent$", ":streamGenerateContent?alt=sse");
    }

    @Override
    public String part(JsonNode event) {
        return parts(event, false);
    }

    /** Every event is an answer with a part of the text; the last one has the reason and the counts. */
    @Override
    public Optional<ObjectNode> whole(List<JsonNode> events) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        ObjectNode candidate = JsonNodeFactory.instance.objectNode();
        for (JsonNode event : events) {
            event.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
            event.at("/candidates/0").properties().forEach(field -> candidate.set(field.getKey(), field.getValue()));
            text.append(parts(event, false));
            thoughts.append(parts(event, true));
        }
        ArrayNode parts = candidate.putObject("content").put("role", "model").putArray("parts");
        if (!thoughts.isEmpty()) {
            parts.addObject().put("thought", true).put("text", thoughts.toString());
        }
        parts.addObject().put("text", text.toString());
        if (whole.has("candidates")) {
            whole.putArray("candidates").add(candidate);
        }
        return finishWord(whole).isEmpty() ? Optional.empty() : Optional.of(whole);
    }

    private static String parts(JsonNode event, boolean thoughts) {
        StringBuilder text = new StringBuilder();
        event.at("/candidates/0/content/parts").forEach(part -> {
            if (part.path("thought").asBoolean(false) == thoughts) {
                text.append(Protocol.text(part.path("text")));
            }
        });
        return text.toString();
    }

    @Override
    public Map<String, String> headers(String key) {
        return Map.of("x-goog-api-key", key);
    }

    @Override
    public String usageField() {
        return "usageMetadata";
    }

    /** Thoughts are counted beside the reply. */
    @Override
    public Tokens tokens(JsonNode answer) {
        JsonNode usage = answer.path("usageMetadata");
        OptionalLong thoughts = Tokens.count(usage.path("thoughtsTokenCount"));
        OptionalLong written = Tokens.count(usage.path("candidatesTokenCount"));
        return new Tokens(
                Tokens.count(usage.path("promptTokenCount")),
                Tokens.count(usage.path("cachedContentTokenCount")),
                OptionalLong.empty(),
                written.isPresent() ? Tokens.sum(written, thoughts) : thoughts,
                thoughts);
    }

    @Override
    public String id(JsonNode answer) {
        return answer.path("responseId").asText("");
    }

    @Override
    public String finishWord(JsonNode answer) {
        return answer.at("/candidates/0/finishReason")
                .asText(answer.at("/promptFeedback/blockReason").asText(""));
    }

    @Override
    public boolean filtered(JsonNode answer) {
        return answer.path("promptFeedback").has("blockReason") || HELD_BACK.contains(finishWord(answer));
    }

    @Override
    public String thoughts(JsonNode answer) {
        return parts(answer, true);
    }
}
