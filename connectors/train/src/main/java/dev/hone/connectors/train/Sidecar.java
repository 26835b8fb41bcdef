package dev.hone.connectors.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a checkpoint came to be, kept beside it as {@code NAME.json}.
 *
 * @param examples sequences seen, none twice
 * @param seed of the initial weights and of the tasks
 * @param loss mean cross-entropy a token, in nats, over the last 100 steps or so
 * @param minutes that the training took
 */
record Sidecar(long examples, long seed, double loss, double minutes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Sidecar of(Training.Result result, long seed) {
        return new Sidecar(result.examples(), seed, result.loss(), result.minutes());
    }

    static Sidecar read(Path checkpoint) {
        try {
            return JSON.readValue(Files.readAllBytes(beside(checkpoint)), Sidecar.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + beside(checkpoint), e);
        }
    }

    void write(Path checkpoint) {
        try {
            Checkpoints.write(JSON.writeValueAsBytes(this), beside(checkpoint));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + beside(checkpoint), e);
        }
    }

    private static Path beside(Path checkpoint) {
        return checkpoint.resolveSibling(checkpoint.getFileName().toString().replace(".bin", ".json"));
    }
}
