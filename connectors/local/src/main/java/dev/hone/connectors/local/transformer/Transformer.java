package dev.hone.connectors.local.transformer;

import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Inference in plain Java: reads what is known of a task once ({@link #read}), then writes token by token ({@link Reading}
 * and {@link Writing}). Immutable and thread-safe.
 *
 * <p>Each observation is one token, the sum of its feature rows passed through residual MLPs, and observations are a set:
 * they carry no position. They and the draft's tokens see one another both ways; what is written sees only what came before.
 */
public final class Transformer {

    private final TransformerShape shape;
    private final float[] singles;
    private final float[] wantedPairs;
    private final LinearMap wantedMap;
    private final Optional<DraftReader> draftReader;
    private final List<Mlp> encoders = new ArrayList<>();
    private final float[] tokens;
    private final float[] positions;
    private final List<Attention> attentions = new ArrayList<>();
    private final List<Mlp> mlps = new ArrayList<>();
    private final LayerNorm norm;
    private final LinearMap logits;

    /** What only a model with feedback has. */
    private record DraftReader(float[] gotPairs, LinearMap gotMap, float[] positions) {}

    public Transformer(Weights weights) {
        this.shape = weights.shape();
        this.singles = weights.values("singles");
        this.wantedPairs = weights.values("wanted.pairs");
        this.wantedMap = LinearMap.of(weights, "wanted.map");
        this.draftReader = shape.feedback()
                ? Optional.of(new DraftReader(
                        weights.values("got.pairs"),
                        LinearMap.of(weights, "got.map"),
                        weights.values("draft.positions")))
                : Optional.empty();
        for (int i = 0; i < shape.encoders(); i++) {
            encoders.add(Mlp.of(weights, "encoder" + i));
        }
        this.tokens = weights.values("tokens");
        this.positions = weights.values("positions");
        for (int i = 0; i < shape.layers(); i++) {
            attentions.add(new Attention(weights, "layer" + i + ".attention"));
            mlps.add(Mlp.of(weights, "layer" + i + ".mlp"));
        }
        this.norm = LayerNorm.of(weights, "norm");
        this.logits = LinearMap.of(weights, "logits");
    }

    /** The same model with another last MLP and other logits. */
    private Transformer(Transformer model, Mlp lastMlp, LinearMap logits) {
        this.shape = model.shape;
        this.singles = model.singles;
        this.wantedPairs = model.wantedPairs;
        this.wantedMap = model.wantedMap;
        this.draftReader = model.draftReader;
        this.encoders.addAll(model.encoders);
        this.tokens = model.tokens;
        this.positions = model.positions;
        this.attentions.addAll(model.attentions);
        this.mlps.addAll(model.mlps);
        this.mlps.set(shape.layers() - 1, lastMlp);
        this.norm = model.norm;
        this.logits = logits;
    }

    /** This model with a patch; everything else is shared with it. */
    Transformer with(Patch patch) {
        Mlp last = lastMlp();
        return new Transformer(
                this,
                new Mlp(last.norm(), last.up().plus(patch.up()), last.down().plus(patch.down())),
                logits.plus(patch.matrix(), patch.bias()));
    }

    Mlp lastMlp() {
        return mlps.getLast();
    }

    LayerNorm norm() {
        return norm;
    }

    LinearMap logits() {
        return logits;
    }

    /** A program for a task as the last MLP of a generator sees it. A program of four operations has no end to be learned. */
    Lesson lesson(List<Example> task, Program program, double weight) {
        int width = shape.width();
        int places = Math.min(program.length() + 1, Program.MAX_LENGTH);
        float[][] caches =
                new float[shape.layers()][(shape.prefix(task.size()) + TransformerShape.WRITTEN) * 2 * width];
        read(task.stream().map(Observation::unseen).toList(), Optional.empty(), caches);
        float[] residual = new float[places * width];
        int[] targets = new int[places];
        for (int place = 0; place < places; place++) {
            int token = place == 0 ? Token.START : program.ops().get(place - 1).ordinal();
            targets[place] = place < program.length() ? program.ops().get(place).ordinal() : Token.END;
            float[] x = beforeLastMlp(token, shape.prefix(task.size()) + place, 1 + place, caches);
            System.arraycopy(x, 0, residual, place * width, width);
        }
        float[] normed = lastMlp().norm().apply(residual, places);
        return new Lesson(residual, normed, lastMlp().up().apply(normed, places), targets, weight);
    }

    public TransformerShape shape() {
        return shape;
    }

    /**
     * Reads the observations and, if the model has feedback, the draft.
     *
     * @throws IllegalArgumentException when a draft is given to a model without feedback, or none to one with
     */
    public Reading read(List<Observation> observations, Optional<Program> draft) {
        if (draft.isPresent() != shape.feedback()) {
            throw new IllegalArgumentException(
                    shape.feedback() ? "this model needs a draft" : "this model reads no draft");
        }
        int width = shape.width();
        int prefix = shape.prefix(observations.size());
        float[][] caches = new float[shape.layers()][(prefix + TransformerShape.WRITTEN) * 2 * width];
        read(observations, draft, caches);
        return new Reading(this, caches, prefix);
    }

    private void read(List<Observation> observations, Optional<Program> draft, float[][] caches) {
        int width = shape.width();
        int prefix = shape.prefix(observations.size());
        float[] x = new float[prefix * width];
        float[] encoded = encode(observations);
        System.arraycopy(encoded, 0, x, 0, encoded.length);
        draft.ifPresent(program -> embedDraft(program, x, encoded.length));
        for (int i = 0; i < shape.layers(); i++) {
            attentions.get(i).addTo(x, prefix, caches[i], 0);
            if (i < shape.layers() - 1) { // what is written sees keys and values alone
                mlps.get(i).addTo(x, prefix);
            }
        }
    }

    /**
     * The logits of the token after {@code token}.
     *
     * @param place of the token in the sequence, prefix included
     * @param position of the token in what is written, 0 to {@code WRITTEN - 1}
     */
    float[] next(int token, int place, int position, float[][] caches) {
        float[] x = beforeLastMlp(token, place, position, caches);
        lastMlp().addTo(x, 1);
        return logits.apply(norm.apply(x, 1), 1);
    }

    private float[] beforeLastMlp(int token, int place, int position, float[][] caches) {
        int width = shape.width();
        float[] x = new float[width];
        Vectors.addRow(x, 0, tokens, token, width);
        Vectors.addRow(x, 0, positions, position, width);
        for (int i = 0; i < shape.layers(); i++) {
            attentions.get(i).addTo(x, 1, caches[i], place);
            if (i < shape.layers() - 1) {
                mlps.get(i).addTo(x, 1);
            }
        }
        return x;
    }

    private float[] encode(List<Observation> observations) {
        int n = observations.size();
        int width = shape.width();
        float[] x = new float[n * width];
        float[] wanted = new float[n * shape.pairWidth()];
        float[] got = new float[n * shape.pairWidth()];
        int[] rows = new int[FeatureRows.singles(shape.feedback())];
        for (int k = 0; k < n; k++) {
            Observation seen = observations.get(k);
            FeatureRows.singles(seen, shape.feedback(), rows, 0);
            for (int row : rows) {
                Vectors.addRow(x, k * width, singles, row, width);
            }
            addPairs(seen.in(), seen.want(), wantedPairs, wanted, k);
            int at = k;
            draftReader.ifPresent(reader -> addPairs(seen.got(), seen.want(), reader.gotPairs(), got, at));
        }
        Vectors.add(x, wantedMap.apply(wanted, n));
        draftReader.ifPresent(reader -> Vectors.add(x, reader.gotMap().apply(got, n)));
        encoders.forEach(encoder -> encoder.addTo(x, n));
        return x;
    }

    private void addPairs(int from, int to, float[] table, float[] sums, int k) {
        int[] rows = new int[FeatureRows.PAIRS];
        FeatureRows.pairs(from, to, rows, 0);
        for (int row : rows) {
            Vectors.addRow(sums, k * shape.pairWidth(), table, row, shape.pairWidth());
        }
    }

    private void embedDraft(Program draft, float[] x, int from) {
        int width = shape.width();
        float[] places = draftReader.orElseThrow().positions();
        for (int i = 0; i < Program.MAX_LENGTH; i++) {
            int token = i < draft.length() ? draft.ops().get(i).ordinal() : Token.NOTHING;
            Vectors.addRow(x, from + i * width, tokens, token, width);
            Vectors.addRow(x, from + i * width, places, i, width);
        }
    }
}
