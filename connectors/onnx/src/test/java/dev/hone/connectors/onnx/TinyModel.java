package dev.hone.connectors.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A model of two sentences: the logarithms of how often one word follows another, and on top of it something of all words
 * before and of where the word stands, so that a cache, a mask or a position that is wrong changes what is written.
 */
final class TinyModel {

    static final int CONTEXT = 48;

    private static final String END = "</s>";
    private static final String[] SENTENCES = {
        "the loop ends when a rule says so </s>", "the best draft wins and the last one is forgotten </s>"
    };
    private static final int WIDTH = 3;
    private static final double COUNT_OF_THE_UNSEEN = 0.01;

    private final Map<String, Integer> words = new LinkedHashMap<>();
    private final boolean cached;

    private TinyModel(boolean cached) {
        this.cached = cached;
        words.put(END, 0);
        words.put("<unk>", 1);
        for (String sentence : SENTENCES) {
            Arrays.stream(sentence.split(" ")).forEach(word -> words.putIfAbsent(word, words.size()));
        }
    }

    /** Writes one that remembers what it has read. */
    static Path withCache(Path folder) {
        return new TinyModel(true).into(folder);
    }

    /** Writes the same one without a memory. */
    static Path withoutCache(Path folder) {
        return new TinyModel(false).into(folder);
    }

    private Path into(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("model.onnx"), network());
            Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
            Files.writeString(
                    folder.resolve("config.json"),
                    "{\"eos_token_id\": 0, \"max_position_embeddings\": " + CONTEXT + "}");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] network() {
        int size = words.size();
        SplittableRandom random = new SplittableRandom(5);
        OnnxFile file = new OnnxFile()
                .input("input_ids", OnnxFile.INT64, "batch", "tokens")
                .input("attention_mask", OnnxFile.INT64, "batch", "all")
                .output("logits", OnnxFile.FLOAT, "batch", "tokens", size)
                .floats("follows", follows())
                .floats("meaning", noise(random, size, WIDTH))
                .floats("tells", noise(random, WIDTH, size))
                .floats("place", noise(random, CONTEXT + 1, size))
                .longs("axis1", 1)
                .longs("axis2", 2)
                .longs("one", 1)
                .node("Gather", "next", "follows input_ids")
                .node("Gather", "means", "meaning input_ids");
        if (cached) {
            for (String kind : new String[] {"key", "value"}) {
                file.input("past_key_values.0." + kind, OnnxFile.FLOAT, "batch", 1, "past", WIDTH)
                        .output("present.0." + kind, OnnxFile.FLOAT, "batch", 1, "all", WIDTH);
            }
            file.input("position_ids", OnnxFile.INT64, "batch", "tokens")
                    .node("Unsqueeze", "new", "means axis1")
                    .node("Concat", "present.0.key", "past_key_values.0.key new", "axis", 2)
                    .node("Concat", "present.0.value", "past_key_values.0.value new", "axis", 2)
                    .node("Add", "both", "present.0.key present.0.value")
                    .node("ReduceSum", "sum", "both axis2", "keepdims", 0)
                    .node("Identity", "where", "position_ids");
        } else {
            file.node("Add", "both", "means means")
                    .node("ReduceSum", "sum", "both axis1", "keepdims", 1)
                    .node("ReduceSum", "length", "attention_mask axis1", "keepdims", 1)
                    .node("Sub", "where", "length one");
        }
        return file.node("Gather", "placed", "place where")
                .node("MatMul", "told", "sum tells")
                .node("Add", "known", "next told")
                .node("Add", "logits", "known placed")
                .toBytes();
    }

    private float[][] follows() {
        double[][] counts = new double[words.size()][words.size()];
        Arrays.stream(counts).forEach(row -> Arrays.fill(row, COUNT_OF_THE_UNSEEN));
        for (String sentence : SENTENCES) {
            String[] said = sentence.split(" ");
            for (int i = 1; i < said.length; i++) {
                counts[words.getOrDefault(said[i - 1], 1)][words.getOrDefault(said[i], 1)]++;
            }
        }
        float[][] logs = new float[counts.length][counts.length];
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                logs[i][j] = (float) Math.log(counts[i][j]);
            }
        }
        return logs;
    }

    private static float[][] noise(SplittableRandom random, int rows, int columns) {
        float[][] noise = new float[rows][columns];
        for (float[] row : noise) {
            for (int i = 0; i < columns; i++) {
                row[i] = (float) random.nextDouble(-0.3, 0.3);
            }
        }
        return noise;
    }

    private String tokenizer() {
        String vocabulary = words.entrySet().stream()
                .map(word -> "\"" + word.getKey() + "\": " + word.getValue())
                .collect(Collectors.joining(", "));
        return """
                {"version": "1.0", "truncation": null, "padding": null,
                 "added_tokens": [{"id": 0, "content": "</s>", "single_word": false, "lstrip": false, "rstrip": false,
                                   "normalized": false, "special": true}],
                 "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
                 "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {%s}, "unk_token": "<unk>"}}
                """.formatted(vocabulary);
    }
}
