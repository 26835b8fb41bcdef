package dev.hone.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelCatalogue;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.SecretRef;
import dev.hone.connectors.chat.Endpoint.OutputLimit;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens language models at one kind of endpoint. A workflow moves from one to another by changing the model's name.
 *
 * <p>The address is the slot's {@code baseUrl}; failing that, for the local servers, the environment variable
 * {@code HONE_<PROVIDER>_BASE_URL}, for example {@code HONE_VLLM_BASE_URL}; failing that, the provider's own. The key is
 * the one that the slot refers to. A provider's own key goes to the provider's own address only.
 */
public abstract sealed class ChatProvider implements ModelCatalogue {

    private static final int LONGEST_NAME = 200;

    private final Endpoint.Kind kind;

    private ChatProvider(Endpoint.Kind kind) {
        this.kind = kind;
    }

    Endpoint.Kind kind() {
        return kind;
    }

    @Override
    public final String name() {
        return kind.name();
    }

    /**
     * {@inheritDoc}
     *
     * @throws ConnectorException also of kind BAD_INPUT when there is no address, or it cannot be one
     */
    @Override
    public final Model open(String model, ModelSettings settings) throws ConnectorException {
        if (model.isBlank()) {
            throw new ConnectorException(
                    ConnectorException.Kind.UNKNOWN,
                    "'" + name() + "/' names no model",
                    "write the model after the slash, as in " + name() + "/MODEL");
        }
        return new ChatModel(endpoint(settings), model, settings.price());
    }

    @Override
    public final Listing list(ModelSettings settings, CallContext context) throws ConnectorException {
        Endpoint endpoint = endpoint(settings);
        Optional<String> secret = endpoint.secret();
        HttpErrors errors = new HttpErrors(endpoint, "", secret);
        Exchange exchange = new Exchange(context, errors, kind.protocol());
        JsonNode answer = exchange.get(
                kind.protocol().catalogue(endpoint.address()),
                secret.map(kind.protocol()::headers).orElse(Map.of()));
        JsonNode list = first(answer, "data", "models", "modelSummaries");
        if (!list.isArray()) {
            throw errors.senseless(exchange.answer(), new IllegalStateException("no list of models"));
        }
        List<String> models = new ArrayList<>();
        // Gemini's names come with a folder.
        list.forEach(model ->
                models.add(first(model, "id", "name", "modelId").asText("").replaceFirst("^models/", "")));
        return new Listing(
                endpoint.address().toString(),
                models.stream()
                        .filter(name -> !name.isBlank() && name.length() <= LONGEST_NAME)
                        .sorted()
                        .toList());
    }

    private static JsonNode first(JsonNode node, String... fields) {
        return Stream.of(fields)
                .map(node::path)
                .filter(field -> !field.isMissingNode())
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private Endpoint endpoint(ModelSettings settings) throws ConnectorException {
        Endpoint endpoint = Endpoint.of(kind, settings, System.getenv());
        if (endpoint.secret().isEmpty() && kind.protocol().needsKey()) {
            throw new ConnectorException(
                    ConnectorException.Kind.DENIED,
                    kind.protocol().server() + " is not asked without a key, and none is sent to " + endpoint.address(),
                    "name one in the slot: key: env:NAME_OF_A_VARIABLE");
        }
        return endpoint;
    }

    /** OpenAI itself; the key is in {@code OPENAI_API_KEY} unless the slot says otherwise. */
    public static final class OpenAi extends ChatProvider {
        public OpenAi() {
            super(new Endpoint.Kind(
                    "openai",
                    Optional.of(URI.create("https://api.openai.com/v1")),
                    Optional.of(new SecretRef("env:OPENAI_API_KEY")),
                    Optional.empty(),
                    OutputLimit.MAX_COMPLETION_TOKENS));
        }
    }

    /** Anthropic; the key is in {@code ANTHROPIC_API_KEY} unless the slot says otherwise. */
    public static final class Anthropic extends ChatProvider {
        public Anthropic() {
            super(Endpoint.Kind.hosted(
                    "anthropic", "https://api.anthropic.com/v1", "env:ANTHROPIC_API_KEY", new AnthropicProtocol()));
        }
    }

    /** Gemini; the key is in {@code GEMINI_API_KEY} unless the slot says otherwise. */
    public static final class Gemini extends ChatProvider {
        public Gemini() {
            super(Endpoint.Kind.hosted(
                    "gemini",
                    "https://generativelanguage.googleapis.com/v1beta",
                    "env:GEMINI_API_KEY",
                    new GeminiProtocol()));
        }
    }

    /** Mistral; the key is in {@code MISTRAL_API_KEY} unless the slot says otherwise. */
    public static final class Mistral extends ChatProvider {
        public Mistral() {
            super(Endpoint.Kind.hosted(
                    "mistral", "https://api.mistral.ai/v1", "env:MISTRAL_API_KEY", new MistralProtocol()));
        }
    }

    /**
     * OpenAI's models at Azure, named by their deployment, through the resource's OpenAI-compatible address: {@code
     * AZURE_OPENAI_ENDPOINT} is that of the resource; the key is in {@code AZURE_OPENAI_API_KEY}.
     */
    public static final class Azure extends ChatProvider {
        public Azure() {
            super(new Endpoint.Kind(
                    "azure",
                    Optional.empty(),
                    Optional.of(new SecretRef("env:AZURE_OPENAI_API_KEY")),
                    Optional.empty(),
                    OutputLimit.MAX_COMPLETION_TOKENS,
                    Optional.of(new Endpoint.Variable("AZURE_OPENAI_ENDPOINT", "", "/openai/v1")),
                    new OpenAiProtocol(Optional.of("api-key"))));
        }
    }

    /**
     * Amazon Bedrock in the region that {@code AWS_REGION} names; the key is in {@code AWS_BEARER_TOKEN_BEDROCK}. It is asked
     * with keys of its own alone: requests that are signed with an account's credentials need Amazon's own client.
     */
    public static final class Bedrock extends ChatProvider {
        public Bedrock() {
            super(new Endpoint.Kind(
                    "bedrock",
                    Optional.empty(),
                    Optional.of(new SecretRef("env:AWS_BEARER_TOKEN_BEDROCK")),
                    Optional.empty(),
                    OutputLimit.MAX_TOKENS,
                    Optional.of(new Endpoint.Variable("AWS_REGION", "https://bedrock-runtime.", ".amazonaws.com")),
                    new ConverseProtocol()));
        }
    }

    /** Ollama on this machine. */
    public static final class Ollama extends ChatProvider {
        public Ollama() {
            super(local("ollama", 11434, "ollama serve"));
        }
    }

    /** vLLM on this machine. */
    public static final class Vllm extends ChatProvider {
        public Vllm() {
            super(local("vllm", 8000, "vllm serve MODEL"));
        }
    }

    /** The server of llama.cpp on this machine. */
    public static final class LlamaCpp extends ChatProvider {
        public LlamaCpp() {
            super(local("llamacpp", 8080, "llama-server -m FILE"));
        }
    }

    /** LM Studio on this machine. */
    public static final class LmStudio extends ChatProvider {
        public LmStudio() {
            super(local("lmstudio", 1234, "lms server start"));
        }
    }

    /** SGLang on this machine. */
    public static final class SgLang extends ChatProvider {
        public SgLang() {
            super(local("sglang", 30000, "python -m sglang.launch_server --model-path MODEL"));
        }
    }

    /** Text Generation Inference on this machine. */
    public static final class Tgi extends ChatProvider {
        public Tgi() {
            super(local("tgi", 3000, "text-generation-launcher --model-id MODEL"));
        }
    }

    /** Any other OpenAI-compatible endpoint; the slot must give its {@code baseUrl}. */
    public static final class Compatible extends ChatProvider {
        public Compatible() {
            super(new Endpoint.Kind(
                    "compatible", Optional.empty(), Optional.empty(), Optional.empty(), OutputLimit.MAX_TOKENS));
        }
    }

    private static Endpoint.Kind local(String name, int port, String start) {
        return new Endpoint.Kind(
                name,
                Optional.of(URI.create("http://localhost:" + port + "/v1")),
                Optional.empty(),
                Optional.of(start),
                OutputLimit.MAX_TOKENS);
    }
}
