package dev.hone.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
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
        long input =
                TOKENS_AROUND_A_REQUEST + request.schema().map(ChatModel::bytes).orElse(0);
        for (ModelRequest.Message message : request.messages()) {
            input += TOKENS_AROUND_A_MESSAGE + bytes(message.text());
            input += message.images().stream().mapToLong(Pictures::mostTokens).sum();
        }
        long most = input;
        return new Usage(
                1,
                most,
                0,
                request.maxTokens(),
                0,
                price.map(p -> p.mostMicroUsd(most, request.maxTokens(), request.keeps()))
                        .orElse(0L),
                0,
                price.isPresent() ? 0 : 1);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
        check(request);
        Protocol protocol = endpoint.kind().protocol();
        Optional<String> secret = endpoint.secret();
        HttpErrors errors = new HttpErrors(endpoint, name, secret);
        Exchange exchange = new Exchange(context, errors, protocol);
        try {
            return reply(
                    request,
                    protocol.ask(new Protocol.Call(
                            endpoint,
                            name,
                            exchange.asBuilder(),
                            secret,
                            request,
                            request.messages().stream().map(ChatModel::message).toList(),
                            seed(context.seed()))),
                    exchange.json());
        } catch (ContentFilteredException e) {
            return filtered(request, String.valueOf(e.getMessage()), exchange.json());
        } catch (RuntimeException e) {
            if (exchange.problem().isEmpty() && protocol.filtered(exchange.json())) {
                return filtered(request, "", exchange.json());
            }
            throw exchange.problem().orElseGet(() -> errors.senseless(exchange.answer(), e));
        }
    }

    @Override
    public boolean inProcess() {
        return false;
    }

    private void check(ModelRequest request) throws ConnectorException {
        double temperature = request.temperature().orElse(0.0);
        double hottest = endpoint.kind().protocol().hottest();
        if (!(temperature >= 0) || temperature > hottest) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "the temperature is " + temperature,
                    hottest == Double.MAX_VALUE
                            ? "give a temperature of 0 or more"
                            : endpoint.kind().protocol().server() + " takes temperatures from 0 to " + hottest);
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

    private static ChatMessage message(ModelRequest.Message message) {
        return switch (message.speaker()) {
            case SYSTEM -> SystemMessage.from(message.text());
            case USER -> Pictures.message(message);
            case ASSISTANT -> AiMessage.from(message.text());
        };
    }

    /** Servers take 32-bit seeds and read negative ones as "draw one": a seed of 31 bits is kept, a longer one folded. */
    static int seed(long seed) {
        return seed >= 0 && seed <= Integer.MAX_VALUE ? (int) seed : Long.hashCode(seed) & Integer.MAX_VALUE;
    }

    private ModelReply reply(ModelRequest request, ChatResponse response, JsonNode answer) {
        String text = response.aiMessage().text();
        boolean filtered = endpoint.kind().protocol().filtered(answer);
        return reply(
                request,
                text == null ? "" : text,
                filtered ? Finish.FILTERED : finish(response.finishReason()),
                answer,
                Optional.ofNullable(response.id()));
    }

    private ModelReply filtered(ModelRequest request, String text, JsonNode answer) {
        return reply(request, text, Finish.FILTERED, answer, Optional.empty());
    }

    /** @param id one that is not in the answer itself */
    private ModelReply reply(ModelRequest request, String text, Finish finish, JsonNode answer, Optional<String> id) {
        Protocol protocol = endpoint.kind().protocol();
        String own = protocol.id(answer);
        return new ModelReply(
                text,
                finish,
                protocol.finishWord(answer),
                usage(request, answer, text),
                own.isEmpty() ? id.orElse("") : own);
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

    /**
     * As the server counts, even when it is more than was allowed for: that is what it will ask to be paid. A count that is
     * missing, or zero where it cannot be, is replaced by an estimate within what was allowed for.
     */
    private Usage usage(ModelRequest request, JsonNode answer, String said) {
        Tokens counted = endpoint.kind().protocol().tokens(answer);
        String written = endpoint.kind().protocol().thoughts(answer) + said;
        boolean inputCounted = counted.input().orElse(0) > 0;
        boolean outputCounted =
                counted.output().isPresent() && (counted.output().getAsLong() > 0 || written.isEmpty());
        Usage most = atMost(request);
        long input = inputCounted
                ? counted.input().getAsLong()
                : Math.min(most.inputTokens(), Estimate.of(request) + TOKENS_AROUND_A_REQUEST);
        long output =
                outputCounted ? counted.output().getAsLong() : Math.min(most.outputTokens(), Estimate.of(written));
        long cached = within(counted.cached(), input);
        long kept = within(counted.kept(), input - cached);
        return new Usage(
                1,
                input,
                cached,
                output,
                within(counted.reasoning(), output),
                price.map(p -> p.microUsd(input, cached, kept, output)).orElse(0L),
                inputCounted && outputCounted ? 0 : 1,
                price.isPresent() ? 0 : 1);
    }

    private static long within(OptionalLong part, long whole) {
        return Math.min(part.orElse(0), whole);
    }
}
