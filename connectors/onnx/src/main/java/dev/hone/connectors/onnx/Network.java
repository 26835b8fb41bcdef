package dev.hone.connectors.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Setting;
import dev.hone.connectors.common.Shown;
import dev.hone.connectors.common.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A decoder, loaded. Its inputs are those of the usual exports: {@code input_ids}, and where the file wants them {@code
 * attention_mask}, {@code position_ids} and {@code past_key_values.*}, whose next values are the outputs {@code present.*}.
 *
 * @param caches what one step hands to the next; empty when each step reads all tokens again
 * @param ends tokens that end a text
 * @param context the most tokens that are read and written
 * @param turns one call at a time: each uses all threads that it may, and its caches take memory
 */
record Network(
        OrtSession session,
        HuggingFaceTokenizer tokenizer,
        List<Cache> caches,
        Set<Long> ends,
        int context,
        ExecutorService turns) {

    static final String TOKENS = "input_ids";
    static final String MASK = "attention_mask";
    static final String POSITIONS = "position_ids";
    static final String LOGITS = "logits";

    private static final String PAST = "past_key_values.";
    private static final String PRESENT = "present.";
    private static final int USUAL_CONTEXT = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What one step hands to the next.
     *
     * @param empty its shape before the first
     */
    record Cache(String input, String output, OnnxJavaType type, long[] empty) {}

    /** @throws ConnectorException of kind BROKEN when it cannot be loaded, or wants what is not known here */
    static Network load(Setting<Installation> setting) throws ConnectorException {
        Installation said = setting.value();
        Telemetry.off();
        @Nullable OrtSession session = null;
        try {
            session = session(said);
            List<Cache> caches = caches(setting, session);
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                    said.file("tokenizer.json"), Map.of("truncation", "false", "padding", "false"));
            JsonNode config = config(said.file("config.json"));
            return new Network(
                    session,
                    tokenizer,
                    caches,
                    ends(config(said.file("generation_config.json")), config),
                    said.context().orElseGet(() -> longest(config)),
                    Executors.newSingleThreadExecutor(
                            Thread.ofPlatform().daemon().name("onnx").factory()));
        } catch (ConnectorException e) {
            close(session);
            throw e;
        } catch (OrtException | IOException | RuntimeException | LinkageError e) {
            close(session);
            throw setting.broken(
                    "names a model that cannot be loaded here, " + Shown.line(String.valueOf(e.getMessage())));
        }
    }

    private static void close(@Nullable OrtSession session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            // what is wrong with it is being told
        }
    }

    private static OrtSession session(Installation said) throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.addConfigEntry("session.intra_op.allow_spinning", "0"); // idle threads are for the others
            if (said.threads().isPresent()) {
                options.setIntraOpNumThreads(said.threads().get());
            }
            if (said.provider().orElse("cpu").equals("cuda")) {
                options.addCUDA(said.device().orElse(0));
            }
            return OrtEnvironment.getEnvironment()
                    .createSession(said.file("model.onnx").toString(), options);
        }
    }

    private static List<Cache> caches(Setting<Installation> setting, OrtSession session)
            throws OrtException, ConnectorException {
        List<Cache> caches = new ArrayList<>();
        Set<String> known = Set.of(TOKENS, MASK, POSITIONS);
        for (var input : session.getInputInfo().entrySet()) {
            String name = input.getKey();
            if (known.contains(name)) {
                continue;
            }
            String output = name.replace(PAST, PRESENT);
            boolean cache = name.startsWith(PAST)
                    && session.getOutputNames().contains(output)
                    && input.getValue().getInfo() instanceof TensorInfo info
                    && info.getShape().length > 2;
            if (!cache) {
                throw setting.broken(
                        "names a model that wants '" + Shown.line(name) + "': it is not the usual export of a decoder");
            }
            TensorInfo info = (TensorInfo) input.getValue().getInfo();
            caches.add(new Cache(name, output, info.type, empty(info.getShape())));
        }
        if (!session.getInputNames().contains(TOKENS)
                || !session.getOutputNames().contains(LOGITS)) {
            throw setting.broken("names a model without '" + TOKENS + "' or '" + LOGITS + "': it writes no text");
        }
        return List.copyOf(caches);
    }

    /** One text, and no tokens of it: the sizes that the file leaves open are the first and that of the tokens. */
    private static long[] empty(long[] shape) {
        long[] empty = shape.clone();
        for (int i = 0; i < empty.length; i++) {
            empty[i] = empty[i] >= 0 ? empty[i] : i == 0 ? 1 : 0;
        }
        return empty;
    }

    private static JsonNode config(Path file) throws IOException {
        return Files.isRegularFile(file) ? JSON.readTree(file.toFile()) : MissingNode.getInstance();
    }

    private static Set<Long> ends(JsonNode... configs) {
        Set<Long> ends = new HashSet<>();
        for (JsonNode config : configs) {
            JsonNode said = config.path("eos_token_id");
            (said.isArray() ? said : JSON.createArrayNode().add(said)).forEach(token -> {
                if (token.isIntegralNumber()) {
                    ends.add(token.longValue());
                }
            });
        }
        return Set.copyOf(ends);
    }

    private static int longest(JsonNode config) {
        return Stream.of("max_position_embeddings", "n_positions")
                .map(config::path)
                .filter(JsonNode::canConvertToInt)
                .findFirst()
                .map(JsonNode::intValue)
                .orElse(USUAL_CONTEXT);
    }

    boolean wants(String input) {
        return session.getInputNames().contains(input);
    }

    /** A text in tokens, with what the tokenizer puts around a text. */
    long[] tokens(String text) {
        return tokenizer.encode(text, true, false).getIds();
    }

    String text(long[] tokens) {
        return tokenizer.decode(tokens, true);
    }

    /** Does work on the thread of this network, after what came before. */
    <T> T inTurn(Callable<T> work) throws ConnectorException {
        Future<T> end = turns.submit(work);
        try {
            return end.get();
        } catch (InterruptedException e) {
            end.cancel(false);
            throw new ConnectorException(Kind.CANCELLED, "the call was cancelled", "start the run again if wanted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectorException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
