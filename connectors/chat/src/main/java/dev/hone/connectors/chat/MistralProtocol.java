package dev.hone.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mistral's chat completions: answers as OpenAI's, requests with names of their own. */
record MistralProtocol() implements Protocol {

    private static final OpenAiProtocol ANSWERS = new OpenAiProtocol();

    @Override
    public String server() {
        return "Mistral's API";
    }

    @Override
    public boolean needsKey() {
        return true;
    }

    @Override
    public double hottest() {
        return 1.5;
    }

    @Override
    public ChatResponse ask(Call call) {
        var parameters = ChatRequestParameters.builder()
                .modelName(call.model())
                .maxOutputTokens(call.request().maxTokens());
        call.request().temperature().ifPresent(parameters::temperature);
        Schemas.of(call.request()).ifPresent(parameters::responseFormat);
        return MistralAiChatModel.builder()
                .httpClientBuilder(call.http())
                .baseUrl(call.address())
                .apiKey(call.secret().orElseThrow())
                .modelName(call.model())
                .randomSeed(call.seed())
                .maxRetries(0)
                .logRequests(false)
                .logResponses(false)
                .build()
                .chat(ChatRequest.builder()
                        .messages(Pictures.asAddresses(call.messages()))
                        .parameters(parameters.build())
                        .build());
    }

    /** It counts without being asked, and refuses to be asked. */
    @Override
    public String streamed(String url, ObjectNode body) {
        body.put("stream", true);
        return url;
    }

    @Override
    public String part(JsonNode event) {
        return ANSWERS.part(event);
    }

    @Override
    public Optional<ObjectNode> whole(List<JsonNode> events) {
        return ANSWERS.whole(events);
    }

    @Override
    public Map<String, String> headers(String key) {
        return ANSWERS.headers(key);
    }

    @Override
    public String usageField() {
        return ANSWERS.usageField();
    }

    @Override
    public Tokens tokens(JsonNode answer) {
        return ANSWERS.tokens(answer);
    }

    @Override
    public String id(JsonNode answer) {
        return ANSWERS.id(answer);
    }

    @Override
    public String finishWord(JsonNode answer) {
        return ANSWERS.finishWord(answer);
    }

    @Override
    public boolean filtered(JsonNode answer) {
        return ANSWERS.filtered(answer);
    }

    @Override
    public String thoughts(JsonNode answer) {
        return ANSWERS.thoughts(answer);
    }
}
