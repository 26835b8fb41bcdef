package dev.hone.connectors.local.transformer;

import dev.hone.connectors.local.listprog.Program;
import java.util.List;
import java.util.Optional;

/** The textbook forward pass over a whole sequence, with a mask and without a cache, in doubles and as plainly as can be. */
final class WholeForward {

    private final Weights weights;
    private final TransformerShape shape;

    WholeForward(Weights weights) {
        this.weights = weights;
        this.shape = weights.shape();
    }

    /** The logits after each of {@code tokens}, the first of which stands at {@code position}. */
    float[][] logits(List<Observation> observations, Optional<Program> draft, int[] tokens, int position) {
        int prefix = shape.prefix(observations.size());
        double[][] x = new double[prefix + tokens.length][];
        for (int k = 0; k < observations.size(); k++) {
            x[k] = observation(observations.get(k));
        }
        for (int i = 0; draft.isPresent() && i < Program.MAX_LENGTH; i++) {
            List<?> ops = draft.get().ops();
            int token = i < ops.size() ? draft.get().ops().get(i).ordinal() : Token.NOTHING;
            x[observations.size() + i] = sum(row("tokens", token), row("draft.positions", i));
        }
        for (int i = 0; i < tokens.length; i++) {
            x[prefix + i] = sum(row("tokens", tokens[i]), row("positions", position + i));
        }
        for (int layer = 0; layer < shape.layers(); layer++) {
            x = attention(x, prefix, "layer" + layer + ".attention");
            for (int i = 0; i < x.length; i++) {
                x[i] = mlp(x[i], "layer" + layer + ".mlp");
            }
        }
        float[][] logits = new float[tokens.length][Token.COUNT];
        for (int i = 0; i < tokens.length; i++) {
            double[] last = linear(norm(x[prefix + i], "norm"), "logits");
            for (int token = 0; token < Token.COUNT; token++) {
                logits[i][token] = (float) last[token];
            }
        }
        return logits;
    }

    private double[] observation(Observation seen) {
        int[] rows = new int[FeatureRows.singles(shape.feedback())];
        FeatureRows.singles(seen, shape.feedback(), rows, 0);
        double[] x = new double[shape.width()];
        for (int row : rows) {
            x = sum(x, row("singles", row));
        }
        x = sum(x, linear(pairs(seen.in(), seen.want(), "wanted.pairs"), "wanted.map"));
        if (shape.feedback()) {
            x = sum(x, linear(pairs(seen.got(), seen.want(), "got.pairs"), "got.map"));
        }
        for (int i = 0; i < shape.encoders(); i++) {
            x = mlp(x, "encoder" + i);
        }
        return x;
    }

    private double[] pairs(int from, int to, String table) {
        int[] rows = new int[FeatureRows.PAIRS];
        FeatureRows.pairs(from, to, rows, 0);
        double[] x = new double[shape.pairWidth()];
        for (int row : rows) {
            x = sum(x, row(table, row));
        }
        return x;
    }

    private double[][] attention(double[][] x, int prefix, String name) {
        int n = x.length;
        int width = shape.width();
        int size = width / shape.heads();
        double[][] qkv = new double[n][];
        for (int i = 0; i < n; i++) {
            qkv[i] = linear(norm(x[i], name + ".norm"), name + ".qkv");
        }
        double[][] result = new double[n][];
        for (int from = 0; from < n; from++) {
            double[] mixed = new double[width];
            for (int head = 0; head < shape.heads(); head++) {
                double total = 0;
                for (int to = 0; to < n; to++) {
                    if (to < prefix || from >= prefix && to <= from) {
                        double score = 0;
                        for (int i = head * size; i < (head + 1) * size; i++) {
                            score += qkv[from][i] * qkv[to][width + i];
                        }
                        total += Math.exp(score / Math.sqrt(size));
                    }
                }
                for (int to = 0; to < n; to++) {
                    if (to < prefix || from >= prefix && to <= from) {
                        double score = 0;
                        for (int i = head * size; i < (head + 1) * size; i++) {
                            score += qkv[from][i] * qkv[to][width + i];
                        }
                        for (int i = head * size; i < (head + 1) * size; i++) {
                            mixed[i] += Math.exp(score / Math.sqrt(size)) / total * qkv[to][2 * width + i];
                        }
                    }
                }
            }
            result[from] = sum(x[from], linear(mixed, name + ".out"));
        }
        return result;
    }

    private double[] mlp(double[] x, String name) {
        double[] hidden = linear(norm(x, name + ".norm"), name + ".up");
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Math.max(0, hidden[i]);
        }
        return sum(x, linear(hidden, name + ".down"));
    }

    private double[] norm(double[] x, String name) {
        float[] gain = weights.values(name + ".gain");
        float[] bias = weights.values(name + ".bias");
        double mean = 0;
        for (double value : x) {
            mean += value / x.length;
        }
        double variance = 0;
        for (double value : x) {
            variance += (value - mean) * (value - mean) / x.length;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(variance + 1e-5) * (1 + gain[i]) + bias[i];
        }
        return y;
    }

    private double[] linear(double[] x, String name) {
        float[] matrix = weights.values(name + ".matrix");
        float[] bias = weights.values(name + ".bias");
        double[] y = new double[bias.length];
        for (int o = 0; o < y.length; o++) {
            y[o] = bias[o];
            for (int i = 0; i < x.length; i++) {
                y[o] += matrix[o * x.length + i] * x[i];
            }
        }
        return y;
    }

    private double[] row(String table, int row) {
        float[] values = weights.values(table);
        int width = table.endsWith(".pairs") ? shape.pairWidth() : shape.width();
        double[] x = new double[width];
        for (int i = 0; i < width; i++) {
            x[i] = values[row * width + i];
        }
        return x;
    }

    private static double[] sum(double[] x, double[] y) {
        double[] sum = new double[x.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = x[i] + y[i];
        }
        return sum;
    }
}
