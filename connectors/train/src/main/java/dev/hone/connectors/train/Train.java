package dev.hone.connectors.train;

import dev.hone.connectors.local.Manifest;
import dev.hone.connectors.local.transformer.Transformer;
import dev.hone.connectors.local.transformer.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Trains the generator and then critic and editor, and ships the weights with their manifest. A training that already has
 * its last checkpoint in the working folder is not repeated, so the command may be called again after an interruption.
 */
public final class Train {

    private static final double APPRENTICE_AT = 0.2;
    private static final String GENERATOR = "listprog-gen.bin";
    private static final String APPRENTICE = "listprog-gen-apprentice.bin";
    private static final String FEEDBACK = "listprog-feedback.bin";

    private final Options options;

    private Train(Options options) {
        this.options = options;
    }

    /** Options as {@code name=value}; see the README of this module. */
    public static void main(String[] arguments) throws IOException {
        System.out.print(run(arguments));
    }

    /** @return the manifest as text */
    static String run(String[] arguments) throws IOException {
        return new Train(Options.of(
                        Arrays.asList(arguments),
                        Map.of(
                                "work", "target/training",
                                "out", "../local/src/main/resources/dev/hone/connectors/local",
                                "seed", "1",
                                "minutes", "34",
                                "feedback-minutes", "60",
                                "steps", "1000000")))
                .run();
    }

    private String run() throws IOException {
        Path generator = generator();
        Path feedback = feedback(Checkpoints.read(generator));
        Path apprentice = Checkpoints.early(options.path("work").resolve("gen"), APPRENTICE_AT);
        List<Manifest.Entry> entries = new ArrayList<>();
        entries.add(shipped(generator, GENERATOR));
        entries.add(shipped(apprentice, APPRENTICE));
        entries.add(shipped(feedback, FEEDBACK));
        String manifest = new Manifest(entries).text();
        Files.writeString(options.path("out").resolve(Manifest.RESOURCE), manifest);
        return manifest;
    }

    private Path generator() {
        Path folder = options.path("work").resolve("gen");
        Path last = folder.resolve(Checkpoints.FINAL);
        if (!Files.exists(last)) {
            int seed = options.integer("seed");
            Training.Result result =
                    GeneratorTraining.run(options.integer("steps"), options.number("minutes"), seed, folder);
            Checkpoints.write(result, seed, last);
        }
        return last;
    }

    private Path feedback(Weights generator) {
        Path folder = options.path("work").resolve("fb");
        Path last = folder.resolve(Checkpoints.FINAL);
        if (!Files.exists(last)) {
            int seed = options.integer("seed") + 1;
            Training.Result result = FeedbackTraining.run(
                    generator, options.integer("steps"), options.number("feedback-minutes"), seed, folder);
            Checkpoints.write(result, seed, last);
        }
        return last;
    }

    /** Copies the file to where it is shipped from, and measures it. */
    private Manifest.Entry shipped(Path checkpoint, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(checkpoint);
        Checkpoints.write(bytes, options.path("out").resolve(name));
        Weights weights = Checkpoints.read(checkpoint);
        Sidecar sidecar = Sidecar.read(checkpoint);
        return new Manifest.Entry(
                name,
                Manifest.sha256(bytes),
                weights.shape().parameterCount(),
                sidecar.examples(),
                sidecar.seed(),
                sidecar.loss(),
                sidecar.minutes(),
                Measures.of(new Transformer(weights)));
    }
}
