package dev.hone.connectors.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.Usage;
import dev.hone.connectors.common.Shown;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One reply while it is written. All but {@link #stop} is for one thread. */
final class Writing {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final Network network;
    private final Sampler sampler;
    private final int most;
    private final Optional<Consumer<String>> listener;
    private final long[] tokens;
    private final int read;
    private int count;
    private int told;

    /** How many of the tokens the caches know. */
    private int known;

    private OrtSession.@Nullable Result caches;
    private @Nullable RunOptions options;
    private boolean stopped;

    /** @param most tokens to write */
    Writing(Network network, long[] prompt, Sampler sampler, int most, Optional<Consumer<String>> listener) {
        this.network = network;
        this.sampler = sampler;
        this.most = (int) Math.min(most, network.context() - (long) prompt.length);
        this.listener = listener;
        this.tokens = Arrays.copyOf(prompt, prompt.length + this.most);
        this.read = prompt.length;
        this.count = prompt.length;
    }

    /** Ends the work within the step that it is at. */
    synchronized void stop() {
        stopped = true;
        if (options != null) {
            try {
                options.setTerminate(true);
            } catch (OrtException e) {
                // it ends after the step
            }
        }
    }

    private synchronized void begin(@Nullable RunOptions step) {
        options = step;
    }

    private synchronized boolean stopped() {
        return stopped;
    }

    /**
     * Writes it.
     *
     * @throws ConnectorException of kind CANCELLED when it was stopped, BROKEN when the network fails
     */
    ModelReply reply(String name) throws ConnectorException {
        try {
            boolean ended = write();
            String text = text();
            tell(text, text.length());
            Usage usage = new Usage(1, read, count - read, 0);
            return new ModelReply(text, ended ? Finish.STOP : Finish.LENGTH, usage, "");
        } catch (OrtException | IllegalStateException e) {
            if (stopped()) {
                throw cancelled();
            }
            throw new ConnectorException(
                    Kind.BROKEN,
                    name + " failed: " + Shown.line(String.valueOf(e.getMessage())),
                    "see whether the machine has the memory, and whether the files belong together",
                    null,
                    e);
        } finally {
            if (caches != null) {
                caches.close();
            }
        }
    }

    /** Whether the text came to its end. */
    private boolean write() throws OrtException, ConnectorException {
        if (!network.caches().isEmpty() && read > 1) {
            step(read - 1, false);
        }
        while (count < read + most) {
            int token = sampler.choose(step(count, true));
            tokens[count++] = token;
            if (network.ends().contains((long) token)) {
                return true;
            }
            if (listener.isPresent()) {
                String text = text();
                tell(text, text.endsWith("\uFFFD") ? told : text.length());
            }
        }
        return false;
    }

    private static ConnectorException cancelled() {
        return new ConnectorException(Kind.CANCELLED, "the call was cancelled", "start the run again if wanted");
    }

    private String text() {
        return network.text(Arrays.copyOfRange(tokens, read, count));
    }

    /** The half of a character is kept back until its other half is there. */
    private void tell(String text, int end) {
        if (end > told) {
            int from = told;
            told = end;
            listener.ifPresent(listening -> listening.accept(text.substring(from, end)));
        }
    }

    /**
     * Reads the tokens up to {@code end} that are not in the caches.
     *
     * @param wanted whether the logits of the next token are; they are empty otherwise
     */
    private float[] step(int end, boolean wanted) throws OrtException, ConnectorException {
        if (stopped()) {
            throw cancelled();
        }
        Set<String> outputs = new HashSet<>();
        network.caches().forEach(cache -> outputs.add(cache.output()));
        if (wanted) {
            outputs.add(Network.LOGITS);
        }
        List<OnnxTensor> own = new ArrayList<>();
        try (RunOptions step = new RunOptions()) {
            begin(step);
            OrtSession.Result result = network.session().run(inputs(end, own), outputs, step);
            float[] logits = wanted ? last(result) : new float[0];
            keep(result, end);
            return logits;
        } finally {
            begin(null);
            own.forEach(OnnxTensor::close);
        }
    }

    /** @param own gets the tensors that are to be closed */
    private Map<String, OnnxTensor> inputs(int end, List<OnnxTensor> own) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        inputs.put(Network.TOKENS, row(Arrays.copyOfRange(tokens, known, end), own));
        if (network.wants(Network.MASK)) {
            long[] all = new long[end];
            Arrays.fill(all, 1);
            inputs.put(Network.MASK, row(all, own));
        }
        if (network.wants(Network.POSITIONS)) {
            inputs.put(Network.POSITIONS, row(LongStream.range(known, end).toArray(), own));
        }
        for (Network.Cache cache : network.caches()) {
            inputs.put(cache.input(), caches == null ? empty(cache, own) : tensor(caches, cache.output()));
        }
        return inputs;
    }

    private OnnxTensor row(long[] values, List<OnnxTensor> own) throws OrtException {
        OnnxTensor row = OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
        own.add(row);
        return row;
    }

    private OnnxTensor empty(Network.Cache cache, List<OnnxTensor> own) throws OrtException {
        OnnxTensor empty =
                OnnxTensor.createTensor(environment, ByteBuffer.allocateDirect(0), cache.empty(), cache.type());
        own.add(empty);
        return empty;
    }

    private void keep(OrtSession.Result result, int end) {
        if (network.caches().isEmpty()) {
            result.close();
            return;
        }
        if (caches != null) {
            caches.close();
        }
        caches = result;
        known = end;
    }

    /** Of the last token: the shape is (1, tokens or 1, vocabulary). */
    private static float[] last(OrtSession.Result result) throws OrtException {
        OnnxTensor logits = tensor(result, Network.LOGITS);
        long[] shape = logits.getInfo().getShape();
        if (shape.length != 3 || shape[0] != 1 || shape[1] < 1) {
            throw new IllegalStateException("the logits have the shape " + Arrays.toString(shape));
        }
        float[] last = new float[Math.toIntExact(shape[2])];
        FloatBuffer all = logits.getFloatBuffer();
        all.position(all.limit() - last.length).get(last);
        return last;
    }

    private static OnnxTensor tensor(OrtSession.Result result, String name) {
        if (result.get(name).orElse(null) instanceof OnnxTensor tensor) {
            return tensor;
        }
        throw new IllegalStateException("the output '" + name + "' is missing");
    }
}
