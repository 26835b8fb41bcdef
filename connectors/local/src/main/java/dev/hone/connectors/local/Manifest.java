package dev.hone.connectors.local;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the shipped weights come from: one entry for each weights file beside this class, as {@value #RESOURCE}. The trainer
 * writes it.
 */
public record Manifest(List<Entry> checkpoints) {

    /** The resource beside this class. */
    public static final String RESOURCE = "manifest.json";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    public Manifest {
        checkpoints = List.copyOf(checkpoints);
    }

    /**
     * One weights file.
     *
     * @param sha256 of the file, in hexadecimal
     * @param parameters how many numbers it holds
     * @param examples sequences that it was trained on, none twice
     * @param seed of the initial weights and of the training tasks
     * @param loss mean cross-entropy a token, in nats, at the end of the training
     * @param minutes that the training took
     */
    public record Entry(
            String file,
            String sha256,
            int parameters,
            long examples,
            long seed,
            double loss,
            double minutes,
            Accuracy accuracy) {}

    /**
     * What the network does on tasks of held-out programs.
     *
     * @param tasks how many
     * @param taskSeed that they are drawn with
     * @param shares of the tasks, 0 to 1, by what is measured
     */
    public record Accuracy(int tasks, long taskSeed, Map<String, Double> shares) {

        /** The share of tasks solved by a generator's likeliest program. */
        public static final String GREEDY = "greedy";

        /** The share of tasks solved by one program drawn at temperature 1. */
        public static final String SAMPLED = "sampled";

        /** The share of near misses on which critic and oracle agree. */
        public static final String CRITIQUE = "critique";

        /** The share of near misses that the editor's likeliest program mends. */
        public static final String EDIT = "edit";

        /** @throws IllegalArgumentException when that was not measured */
        public double share(String name) {
            Double share = shares.get(name);
            if (share == null) {
                throw new IllegalArgumentException("'" + name + "' was not measured, only " + shares.keySet());
            }
            return share;
        }
    }

    /** @throws IOException when {@code json} is no manifest */
    public static Manifest parse(byte[] json) throws IOException {
        return JSON.readValue(json, Manifest.class);
    }

    /** As JSON, to be kept in a file. */
    public String text() throws IOException {
        return JSON.writeValueAsString(this) + "\n";
    }

    public Optional<Entry> entry(String file) {
        return checkpoints.stream().filter(entry -> entry.file().equals(file)).findFirst();
    }

    /** The SHA-256 of a file's bytes in hexadecimal. */
    public static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
