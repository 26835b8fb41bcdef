package dev.hone.connectors.train;

import dev.hone.connectors.local.Manifest;
import dev.hone.connectors.local.transformer.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Compares the arms with given weights and writes the tables into a README, between its two marks. Trains nothing. */
public final class Evaluate {

    private static final String BEGIN = "<!-- evaluation -->\n";
    private static final String END = "<!-- end of evaluation -->\n";

    private Evaluate() {}

    /** Options as {@code name=value}; see the README of this module. */
    public static void main(String[] arguments) throws IOException {
        System.out.print(run(arguments));
    }

    /** @return the tables */
    static String run(String[] arguments) throws IOException {
        Options options = Options.of(
                Arrays.asList(arguments),
                Map.of(
                        "generator", "../local/src/main/resources/dev/hone/connectors/local/listprog-gen.bin",
                        "feedback", "../local/src/main/resources/dev/hone/connectors/local/listprog-feedback.bin",
                        "tasks", "400",
                        "seeds", "3",
                        "readme", "README.md"));
        String tables = new Evaluation(
                        new Transformer(Checkpoints.read(options.path("generator"))),
                        new Transformer(Checkpoints.read(options.path("feedback"))),
                        options.integer("tasks"),
                        options.integer("seeds"))
                .markdown();
        String text = origin(options.path("generator")) + origin(options.path("feedback")) + "\n" + tables;
        insert(text, options.path("readme"));
        return text;
    }

    /** A line on how the weights were trained, where a manifest beside them knows it. */
    private static String origin(Path weights) throws IOException {
        Path manifest = weights.resolveSibling(Manifest.RESOURCE);
        if (!Files.exists(manifest)) {
            return "- " + weights.getFileName() + "\n";
        }
        return Manifest.parse(Files.readAllBytes(manifest))
                .entry(weights.getFileName().toString())
                .map(entry -> String.format(
                        Locale.ROOT,
                        "- %s: %,d parameters, trained on %,d examples in %.1f minutes\n",
                        entry.file(),
                        entry.parameters(),
                        entry.examples(),
                        entry.minutes()))
                .orElse("- " + weights.getFileName() + "\n");
    }

    /** Replaces what stands between the marks. */
    static void insert(String tables, Path readme) throws IOException {
        String text = Files.readString(readme);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        if (from < BEGIN.length() || to < from) {
            throw new IllegalArgumentException(readme + " lacks the marks " + BEGIN.strip() + " and " + END.strip());
        }
        Files.writeString(readme, text.substring(0, from) + "\n" + tables + "\n" + text.substring(to));
    }
}
