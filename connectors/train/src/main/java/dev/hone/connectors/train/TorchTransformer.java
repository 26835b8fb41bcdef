package dev.hone.connectors.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.FeatureRows;
import dev.hone.connectors.local.transformer.TransformerShape;
import dev.hone.connectors.local.transformer.TransformerShape.Parameter;
import dev.hone.connectors.local.transformer.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The trainable twin of {@link dev.hone.connectors.local.transformer.Transformer}. All parameters lie in one flat tensor
 * of which the forward pass takes views, so that an optimiser step is a dozen operations instead of hundreds.
 *
 * <p>In the comments B is the batch, T the length of the sequence, D the width, H the heads.
 */
final class TorchTransformer implements AutoCloseable {

    private static final float MASKED = -1e4f;
    private static final float NORM_EPSILON = 1e-5f;

    private final TransformerShape shape;
    private final NDManager manager;
    private final NDArray flat;
    private final long[] cuts;
    private final NDArray mask;
    /**
     * A tensor, since NDArray.mul(Number) gives its scalar's memory back at once, though the backward pass reads it.
     */
    private final NDArray scale;

    private final int prefix;
    private final int places;

    TorchTransformer(Weights initial) {
        this.shape = initial.shape();
        this.manager = NDManager.newBaseManager(Device.cpu());
        this.flat = manager.create(initial.values());
        flat.setRequiresGradient(true);
        this.cuts = cuts(shape);
        this.prefix = shape.prefix(Task.VISIBLE);
        this.places = Batch.places(shape);
        this.mask = manager.create(mask(prefix, places), new Shape(prefix + places, prefix + places));
        this.scale = manager.create(1 / (float) Math.sqrt(headWidth()));
    }

    /** All parameters, [parameterCount]. */
    NDArray flat() {
        return flat;
    }

    TransformerShape shape() {
        return shape;
    }

    Weights weights() {
        return new Weights(shape, flat.toFloatArray());
    }

    NDManager manager() {
        return manager;
    }

    /** Lets {@code step} own, until it closes, whatever is computed from the parameters. */
    void lend(NDManager step) {
        step.tempAttachAll(flat, mask);
    }

    @Override
    public void close() {
        manager.close();
    }

    /** The logarithms of the next token's probabilities at every written place, [B * places, Token.COUNT]. */
    NDArray logProbabilities(Batch batch, NDManager step) {
        Map<String, NDArray> p = views();
        NDArray written = embed(step.create(batch.written(), new Shape(batch.n(), places)), view(p, "tokens"));
        NDArray positions = view(p, "positions").get((TransformerShape.WRITTEN - places) + ":");
        NDArray x = read(batch, p, step).concat(written.add(positions), 1);
        for (int i = 0; i < shape.layers(); i++) {
            Heads heads = project(x, p, attentionName(i));
            if (i == shape.layers() - 1) {
                x = x.get(":, " + prefix + ":, :");
                NDArray q = heads.q().get(":, :, " + prefix + ":, :");
                x = attend(x, new Heads(q, heads.k(), heads.v()), mask.get(prefix + ":, :"), p, attentionName(i));
            } else {
                x = attend(x, heads, mask, p, attentionName(i));
            }
            x = mlp(x, p, mlpName(i));
        }
        return logits(x, p).logSoftmax(1);
    }

    /** The keys and values of what was read and written so far, a layer each, [B, H, length, D / H]. */
    record Cache(Map<String, NDArray> parameters, NDManager step, List<NDArray> keys, List<NDArray> values) {}

    /** Reads the prefix of every example in the batch, to be continued by {@link #next}. Keeps no gradient. */
    Cache read(Batch batch, NDManager step) {
        Map<String, NDArray> p = views();
        Cache cache = new Cache(p, step, new ArrayList<>(), new ArrayList<>());
        NDArray x = read(batch, p, step);
        for (int i = 0; i < shape.layers(); i++) {
            Heads heads = project(x, p, attentionName(i));
            cache.keys().add(heads.k());
            cache.values().add(heads.v());
            x = mlp(attend(x, heads, step.zeros(new Shape(1)), p, attentionName(i)), p, mlpName(i));
        }
        return cache;
    }

    /**
     * Appends one token to every sequence and returns the logits of the next, [B * Token.COUNT] numbers.
     *
     * @param position of the token in what is written
     */
    float[] next(int[] tokens, int position, Cache cache) {
        Map<String, NDArray> p = cache.parameters();
        NDManager step = cache.step();
        NDArray x = embed(step.create(tokens, new Shape(tokens.length, 1)), view(p, "tokens"))
                .add(view(p, "positions").get(position));
        for (int i = 0; i < shape.layers(); i++) {
            Heads heads = project(x, p, attentionName(i));
            NDArray k = cache.keys().get(i).concat(heads.k(), 2);
            NDArray v = cache.values().get(i).concat(heads.v(), 2);
            cache.keys().set(i, k);
            cache.values().set(i, v);
            Heads all = new Heads(heads.q(), k, v);
            x = mlp(attend(x, all, step.zeros(new Shape(1)), p, attentionName(i)), p, mlpName(i));
        }
        return logits(x, p).toFloatArray();
    }

    /** The prefix before the first layer, [B, prefix, D]. */
    private NDArray read(Batch batch, Map<String, NDArray> p, NDManager step) {
        NDArray x = observations(batch, p, step);
        if (!shape.feedback()) {
            return x;
        }
        NDArray draft = embed(step.create(batch.draft(), new Shape(batch.n(), Program.MAX_LENGTH)), view(p, "tokens"));
        return x.concat(draft.add(view(p, "draft.positions")), 1);
    }

    /** One token for each example, [B, 4, D]. */
    private NDArray observations(Batch batch, Map<String, NDArray> p, NDManager step) {
        long rows = (long) batch.n() * Task.VISIBLE;
        int singles = FeatureRows.singles(shape.feedback());
        NDArray x = embed(step.create(batch.singles(), new Shape(rows, singles)), view(p, "singles"))
                .sum(new int[] {1});
        x = x.add(pairs(batch.wantedPairs(), rows, p, "wanted", step));
        if (shape.feedback()) {
            x = x.add(pairs(batch.gotPairs(), rows, p, "got", step));
        }
        for (int i = 0; i < shape.encoders(); i++) {
            x = mlp(x, p, "encoder" + i);
        }
        return x.reshape(batch.n(), Task.VISIBLE, shape.width());
    }

    private NDArray pairs(int[] numbers, long rows, Map<String, NDArray> p, String name, NDManager step) {
        NDArray index = step.create(numbers, new Shape(rows, FeatureRows.PAIRS));
        return linear(embed(index, view(p, name + ".pairs")).sum(new int[] {1}), p, name + ".map");
    }

    /** Queries, keys and values, [B, H, length, D / H]. */
    private record Heads(NDArray q, NDArray k, NDArray v) {}

    private Heads project(NDArray x, Map<String, NDArray> p, String name) {
        NDArray qkv = linear(norm(x, p, name + ".norm"), p, name + ".qkv")
                .reshape(x.getShape().get(0), x.getShape().get(1), 3, shape.heads(), headWidth())
                .transpose(2, 0, 3, 1, 4);
        return new Heads(qkv.get(0), qkv.get(1), qkv.get(2));
    }

    /** x + attention, where {@code added} is added to the scores before the softmax. */
    private NDArray attend(NDArray x, Heads heads, NDArray added, Map<String, NDArray> p, String name) {
        NDArray scores =
                heads.q().mul(scale).matMul(heads.k().transpose(0, 1, 3, 2)).add(added);
        NDArray mixed = scores.softmax(3).matMul(heads.v()).transpose(0, 2, 1, 3);
        return x.add(linear(mixed.reshape(x.getShape()), p, name + ".out"));
    }

    private NDArray logits(NDArray x, Map<String, NDArray> p) {
        return linear(norm(x, p, "norm").reshape(new Shape(-1, shape.width())), p, "logits");
    }

    private int headWidth() {
        return shape.width() / shape.heads();
    }

    private static String attentionName(int layer) {
        return "layer" + layer + ".attention";
    }

    private static String mlpName(int layer) {
        return "layer" + layer + ".mlp";
    }

    /** x + down(relu(up(norm(x)))). */
    private static NDArray mlp(NDArray x, Map<String, NDArray> p, String name) {
        NDArray up = linear(norm(x, p, name + ".norm"), p, name + ".up");
        NDArray relu = Activation.relu(up);
        return x.add(linear(relu, p, name + ".down"));
    }

    private static NDArray norm(NDArray x, Map<String, NDArray> p, String name) {
        NDArray gain = view(p, name + ".gain").add(1);
        return LayerNorm.layerNorm(x, gain.getShape(), gain, view(p, name + ".bias"), NORM_EPSILON)
                .singletonOrThrow();
    }

    private static NDArray linear(NDArray x, Map<String, NDArray> p, String name) {
        return Linear.linear(x, view(p, name + ".matrix"), view(p, name + ".bias"))
                .singletonOrThrow();
    }

    private static NDArray embed(NDArray index, NDArray table) {
        return Embedding.embedding(index, table, SparseFormat.DENSE).singletonOrThrow();
    }

    private static NDArray view(Map<String, NDArray> views, String name) {
        NDArray view = views.get(name);
        if (view == null) {
            throw new IllegalArgumentException("no parameter is named " + name);
        }
        return view;
    }

    private Map<String, NDArray> views() {
        NDList pieces = flat.split(cuts);
        List<Parameter> parameters = shape.parameters();
        Map<String, NDArray> views = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            boolean vector = parameter.rows() == 1;
            views.put(
                    parameter.name(),
                    vector ? pieces.get(i) : pieces.get(i).reshape(parameter.rows(), parameter.columns()));
        }
        return views;
    }

    private static long[] cuts(TransformerShape shape) {
        List<Long> cuts = new ArrayList<>();
        long end = 0;
        for (Parameter parameter : shape.parameters()) {
            end += parameter.size();
            cuts.add(end);
        }
        cuts.removeLast();
        return cuts.stream().mapToLong(Long::longValue).toArray();
    }

    /** The prefix sees itself; a written place sees the prefix and what was written up to it. */
    private static float[] mask(int prefix, int places) {
        int t = prefix + places;
        float[] mask = new float[t * t];
        for (int from = 0; from < t; from++) {
            for (int to = 0; to < t; to++) {
                boolean visible = to < prefix || from >= prefix && to <= from;
                mask[from * t + to] = visible ? 0 : MASKED;
            }
        }
        return mask;
    }
}
