package dev.hone.connectors.train;

import dev.hone.connectors.local.transformer.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The checkpoints of one training in a folder: {@code step-N.bin} and at last {@code final.bin}, each with a sidecar. */
final class Checkpoints {

    /** The steps between two checkpoints. */
    static final int EVERY = 250;

    static final String FINAL = "final.bin";

    private static final String STEP = "step-";
    private static final String SUFFIX = ".bin";

    private Checkpoints() {}

    static String step(int step) {
        return STEP + step + SUFFIX;
    }

    /** Writes weights and sidecar, each file whole or not at all: a reader never meets half of one. */
    static void write(Training.Result result, long seed, Path file) {
        Sidecar.of(result, seed).write(file);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            result.weights().write(bytes);
            write(bytes.toByteArray(), file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static void write(byte[] bytes, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.write(partial, bytes);
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The last checkpoint of {@code folder} at or before {@code fraction} of its steps. */
    static Path early(Path folder, double fraction) {
        try (Stream<Path> files = Files.list(folder)) {
            int[] steps = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(STEP) && name.endsWith(SUFFIX))
                    .mapToInt(name -> Integer.parseInt(name.substring(STEP.length(), name.length() - SUFFIX.length())))
                    .sorted()
                    .toArray();
            int last = steps.length == 0 ? 0 : steps[steps.length - 1];
            for (int i = steps.length - 1; i >= 0; i--) {
                if (steps[i] <= Math.max(fraction * last, steps[0])) {
                    return folder.resolve(step(steps[i]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        throw new IllegalStateException("no checkpoint in " + folder + "; train for at least " + EVERY + " steps");
    }

    static Weights read(Path file) {
        try {
            return Weights.read(new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
