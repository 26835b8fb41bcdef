package dev.hone.connectors.local.transformer;

import dev.hone.connectors.local.listprog.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a model, and with them the order and shape of its parameters.
 *
 * @param width of a token's vector
 * @param heads of the attention; a divisor of the width
 * @param layers of attention
 * @param hidden width of the residual MLPs
 * @param encoders residual MLPs applied to each example before the first layer
 * @param pairWidth of a row in the tables of pairs
 * @param feedback whether the model also reads a draft, its outputs and a critique
 */
public record TransformerShape(
        int width, int heads, int layers, int hidden, int encoders, int pairWidth, boolean feedback) {

    /** Positions of what a model writes: a critique, then a program and its end. */
    public static final int WRITTEN = 1 + Program.MAX_LENGTH + 1;

    /** A parameter by name: {@code rows} times {@code columns} numbers, row after row. A vector has one row. */
    public record Parameter(String name, int rows, int columns) {
        public int size() {
            return rows * columns;
        }
    }

    /** @throws IllegalArgumentException when the sizes do not fit together */
    public TransformerShape {
        if (width < 1 || heads < 1 || layers < 1 || hidden < 1 || encoders < 0 || pairWidth < 1) {
            throw new IllegalArgumentException("every size of a transformer must be positive");
        }
        if (width % heads != 0) {
            throw new IllegalArgumentException("the width " + width + " is no multiple of the " + heads + " heads");
        }
    }

    /** All parameters in the order of the weights file. A linear map's matrix has one row an output, as in PyTorch. */
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        all.add(new Parameter("singles", FeatureRows.singleTable(feedback), width));
        all.add(new Parameter("wanted.pairs", FeatureRows.PAIR_TABLE, pairWidth));
        linear(all, "wanted.map", pairWidth, width);
        if (feedback) {
            all.add(new Parameter("got.pairs", FeatureRows.PAIR_TABLE, pairWidth));
            linear(all, "got.map", pairWidth, width);
            all.add(new Parameter("draft.positions", Program.MAX_LENGTH, width));
        }
        for (int i = 0; i < encoders; i++) {
            mlp(all, "encoder" + i);
        }
        all.add(new Parameter("tokens", Token.COUNT, width));
        all.add(new Parameter("positions", WRITTEN, width));
        for (int i = 0; i < layers; i++) {
            String layer = "layer" + i;
            norm(all, layer + ".attention.norm");
            linear(all, layer + ".attention.qkv", width, 3 * width);
            linear(all, layer + ".attention.out", width, width);
            mlp(all, layer + ".mlp");
        }
        norm(all, "norm");
        linear(all, "logits", width, Token.COUNT);
        return List.copyOf(all);
    }

    public int parameterCount() {
        return parameters().stream().mapToInt(Parameter::size).sum();
    }

    /** Tokens that the model reads before it writes: {@code examples}, then the draft's places if it reads drafts. */
    public int prefix(int examples) {
        return examples + (feedback ? Program.MAX_LENGTH : 0);
    }

    private void mlp(List<Parameter> all, String name) {
        norm(all, name + ".norm");
        linear(all, name + ".up", width, hidden);
        linear(all, name + ".down", hidden, width);
    }

    /** The gain is stored less one, so that zero is neutral and weight decay pulls towards it. */
    private void norm(List<Parameter> all, String name) {
        all.add(new Parameter(name + ".gain", 1, width));
        all.add(new Parameter(name + ".bias", 1, width));
    }

    private static void linear(List<Parameter> all, String name, int in, int out) {
        all.add(new Parameter(name + ".matrix", out, in));
        all.add(new Parameter(name + ".bias", 1, out));
    }
}
