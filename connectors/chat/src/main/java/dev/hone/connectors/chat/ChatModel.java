package dev.hone.connectors.chat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelSettings.Price;
import dev.hone.connectors.api.Usage;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model at an endpoint. Each call builds its own LangChain4j client around its own {@link Exchange}: no state is shared. */
record ChatModel(Endpoint endpoint, String name, Optional<Price> price) implements Model {

    /** Tokens that a chat template may put around one message: role names and separators. */
    static final int TOKENS_AROUND_A_MESSAGE = 16;

    /** Tokens that a chat template may add to a request: a date line, a default system prompt. */
    static final int TOKENS_AROUND_A_REQUEST = 256;

    /**
     * {@inheritDoc}
     *
     * <p>Tokenizers that work on bytes (byte-level BPE, or SentencePiece falling back to bytes) never make more tokens than
     * the text has bytes in UTF-8; what the chat template adds is allowed for by the two constants of this class. The
     * {@code inputs} of the request are not sent and not counted.
     */
    @Override
    public Usage atMost(ModelRequest request) {
        long input = TOKENS_AROUND_A_REQUEST;
        for (ModelRequest.Message message : request.messages()) {
            input += TOKENS_AROUND_A_MESSAGE + message.text().getBytes(StandardCharsets.UTF_8).length;
        }
        return priced(input, request.maxTokens());
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
        check(request);
        Optional<String> secret = endpoint.secret();
        HttpErrors errors = new HttpErrors(endpoint, name, secret);
        Exchange exchange = new Exchange(context, errors);
        try {
            return reply(request, client(exchange, secret).chat(chat(request, context)));
        } catch (ContentFilteredException e) {
            return new ModelReply(String.valueOf(e.getMessage()), Finish.FILTERED, atMost(request), "");
        } catch (RuntimeException e) {
            throw exchange.problem().orElseGet(() -> errors.senseless(exchange.answer(), e));
        }
    }

    @Override
    public boolean inProcess() {
        return false;
    }

    private static void check(ModelRequest request) throws ConnectorException {
        double temperature = request.temperature().orElse(0.0);
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new ConnectorException(
                    Kind.BAD_INPUT, "the temperature is " + temperature, "give a temperature of 0 or more");
        }
        for (int i = 0; i < request.messages().size(); i++) {
            if (request.messages().get(i).text().isBlank()) {
                throw new ConnectorException(
                        Kind.BAD_INPUT,
                        "message " + (i + 1) + " of " + request.messages().size() + " is blank",
                        "check the template of the prompt and what fills it");
            }
        }
    }

    private OpenAiChatModel client(Exchange exchange, Optional<String> secret) {
        var builder = OpenAiChatModel.builder()
                .httpClientBuilder(exchange.asBuilder())
                .baseUrl(endpoint.address().toString())
                .modelName(name)
                .maxRetries(0)
                .logRequests(false)
                .logResponses(false);
        secret.ifPresent(builder::apiKey);
        return builder.build();
    }

    private ChatRequest chat(ModelRequest request, CallContext context) {
        var parameters = OpenAiChatRequestParameters.builder().modelName(name).seed(seed(context.seed()));
        request.temperature().ifPresent(parameters::temperature);
        switch (endpoint.kind().limit()) {
            case MAX_TOKENS -> parameters.maxOutputTokens(request.maxTokens());
            case MAX_COMPLETION_TOKENS -> parameters.maxCompletionTokens(request.maxTokens());
        }
        return ChatRequest.builder()
                .messages(request.messages().stream().map(ChatModel::message).toList())
                .parameters(parameters.build())
                .build();
    }

    private static ChatMessage message(ModelRequest.Message message) {
        return switch (message.speaker()) {
            case SYSTEM -> SystemMessage.from(message.text());
            case USER -> UserMessage.from(message.text());
            case ASSISTANT -> AiMessage.from(message.text());
        };
    }

    /** Servers take 32-bit seeds and read negative ones as "draw one": a seed of 31 bits is kept, a longer one folded. */
    static int seed(long seed) {
        return seed >= 0 && seed <= Integer.MAX_VALUE ? (int) seed : Long.hashCode(seed) & Integer.MAX_VALUE;
    }

    private ModelReply reply(ModelRequest request, ChatResponse response) {
        String text = response.aiMessage().text();
        String id = response.id();
        return new ModelReply(
                text == null ? "" : text,
                finish(response.finishReason()),
                usage(request, response.tokenUsage(), text == null || text.isEmpty()),
                id == null ? "" : id);
    }

    private static Finish finish(@Nullable FinishReason reason) {
        return switch (reason) {
            case STOP -> Finish.STOP;
            case LENGTH -> Finish.LENGTH;
            case CONTENT_FILTER -> Finish.FILTERED;
            case TOOL_EXECUTION, OTHER -> Finish.OTHER;
            case null -> Finish.OTHER;
        };
    }

    /** As the server counts; a count that is missing, or zero where it cannot be, is replaced by the upper bound. */
    private Usage usage(ModelRequest request, @Nullable TokenUsage counted, boolean silent) {
        Usage most = atMost(request);
        Integer input = counted == null ? null : counted.inputTokenCount();
        Integer output = counted == null ? null : counted.outputTokenCount();
        return priced(
                input == null || input <= 0 ? most.inputTokens() : input,
                output == null || output < 0 || (output == 0 && !silent) ? most.outputTokens() : output);
    }

    private Usage priced(long input, long output) {
        return new Usage(
                1, input, output, price.map(p -> p.microUsd(input, output)).orElse(0L));
    }
}
