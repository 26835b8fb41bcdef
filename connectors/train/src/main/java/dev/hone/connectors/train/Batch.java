package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.FeatureRows;
import dev.hone.connectors.local.transformer.Observation;
import dev.hone.connectors.local.transformer.Token;
import dev.hone.connectors.local.transformer.TransformerShape;
import java.util.Arrays;
import java.util.List;

/**
 * Training examples as rows of table numbers, ready to become tensors. With {@code n} examples, {@code e} = 4 observations
 * each, {@code s} single rows and {@code p} pair rows an observation, {@code w} written tokens:
 *
 * @param singles [n * e, s]
 * @param wantedPairs [n * e, p]
 * @param gotPairs [n * e, p]; empty without feedback
 * @param draft [n, 4] tokens; empty without feedback
 * @param written [n, w] tokens that the model has written so far at each place
 * @param targets [n, w] tokens that it should write next
 * @param counted [n, w] 1 where the target counts, 0 after the end
 */
record Batch(
        int n,
        int[] singles,
        int[] wantedPairs,
        int[] gotPairs,
        int[] draft,
        int[] written,
        int[] targets,
        float[] counted) {

    /** Places in a generator's sequence: START and the operations. A model with feedback has a critique between. */
    static int places(TransformerShape shape) {
        return shape.feedback() ? TransformerShape.WRITTEN : TransformerShape.WRITTEN - 1;
    }

    static Batch of(List<TrainingExample> examples, TransformerShape shape) {
        int n = examples.size();
        boolean feedback = shape.feedback();
        int s = FeatureRows.singles(feedback);
        int p = FeatureRows.PAIRS;
        int e = Task.VISIBLE;
        int w = places(shape);
        Batch batch = new Batch(
                n,
                new int[n * e * s],
                new int[n * e * p],
                new int[feedback ? n * e * p : 0],
                new int[feedback ? n * Program.MAX_LENGTH : 0],
                new int[n * w],
                new int[n * w],
                new float[n * w]);
        for (int i = 0; i < n; i++) {
            TrainingExample example = examples.get(i);
            for (int k = 0; k < e; k++) {
                Observation seen = example.observations().get(k);
                FeatureRows.singles(seen, feedback, batch.singles, (i * e + k) * s);
                FeatureRows.pairs(seen.in(), seen.want(), batch.wantedPairs, (i * e + k) * p);
                if (feedback) {
                    FeatureRows.pairs(seen.got(), seen.want(), batch.gotPairs, (i * e + k) * p);
                }
            }
            if (feedback) {
                batch.writeDraft(example.draft().orElseThrow(), i);
            }
            batch.writeSequence(example, i, w, feedback);
        }
        return batch;
    }

    private void writeDraft(Program program, int i) {
        int at = i * Program.MAX_LENGTH;
        Arrays.fill(draft, at, at + Program.MAX_LENGTH, Token.NOTHING);
        for (int k = 0; k < program.length(); k++) {
            draft[at + k] = program.ops().get(k).ordinal();
        }
    }

    private void writeSequence(TrainingExample example, int i, int w, boolean feedback) {
        int at = i * w;
        Arrays.fill(written, at, at + w, Token.END);
        Arrays.fill(targets, at, at + w, Token.END);
        int k = at;
        written[k] = Token.START;
        if (feedback) {
            targets[k] = example.critique();
            counted[k] = 1;
            k++;
            written[k] = example.told();
        }
        for (Op op : example.program().ops()) {
            targets[k] = op.ordinal();
            counted[k] = 1;
            k++;
            written[k] = op.ordinal();
        }
        targets[k] = Token.END;
        counted[k] = 1;
    }
}
