package dev.hone.connectors.local;

import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.transformer.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The directory that the operator names in {@value #VARIABLE}, in which whole weights lie under their SHA-256, as {@code
 * <sha256>.bin}. A version of a model has the hash alone, so that it says neither where the file lies nor what is in it.
 */
public final class WeightsStore {

    /** Of an adapter whose data is the SHA-256 of a generator's weights, in hexadecimal. */
    public static final String FORMAT = "listprog-weights";

    /** The environment variable with the directory's absolute path. */
    public static final String VARIABLE = "HONE_WEIGHTS";

    private static final long MOST_BYTES = 64 << 20;

    private final Path directory;

    private WeightsStore(Path directory) {
        this.directory = directory;
    }

    /**
     * @param variables what an environment variable is set to, null when it is not
     * @throws ConnectorException of kind UNKNOWN when the operator names no directory, BROKEN when it is none
     */
    public static WeightsStore of(UnaryOperator<String> variables) throws ConnectorException {
        String text = variables.apply(VARIABLE);
        if (text == null || text.isBlank()) {
            throw new ConnectorException(
                    Kind.UNKNOWN,
                    "there is no place for trained weights here: " + VARIABLE + " is not set",
                    "the operator names a directory, for example with " + VARIABLE + "=/srv/weights");
        }
        try {
            Path directory = Path.of(text);
            if (directory.isAbsolute() && Files.isDirectory(directory)) {
                return new WeightsStore(directory);
            }
        } catch (InvalidPathException e) {
            // Said below, without repeating what the operator wrote.
        }
        throw new ConnectorException(
                Kind.BROKEN,
                VARIABLE + " is not the absolute path of a directory that is there",
                "the operator has to change it, or make the directory");
    }

    /**
     * Writes weights, whole or not at all; what lies there already is the same.
     *
     * @throws ConnectorException of kind BROKEN when the directory cannot be written to
     */
    public Adapter keep(Weights weights) throws ConnectorException {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            weights.write(out);
            byte[] bytes = out.toByteArray();
            String hash = Manifest.sha256(bytes);
            Path partial = Files.createTempFile(directory, hash, ".partial");
            try {
                Files.write(partial, bytes);
                Files.move(partial, file(hash), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
            return new Adapter(FORMAT, hash);
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.BROKEN,
                    "trained weights cannot be written to the directory of " + VARIABLE,
                    "see whether the disk is full, and who owns the directory",
                    null,
                    e);
        }
    }

    /**
     * Reads weights whose hash is right.
     *
     * @throws ConnectorException of kind BAD_INPUT when the adapter is of another format, UNKNOWN when the file is missing,
     *     BROKEN when it is damaged
     */
    public Weights read(Adapter adapter) throws ConnectorException {
        if (!adapter.format().equals(FORMAT) || !adapter.data().matches("[0-9a-f]{64}")) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "the adapter is not of the format " + FORMAT + " with a SHA-256 as its data",
                    "train the model with listprog-full, from: base");
        }
        Path file = file(adapter.data());
        if (!Files.isRegularFile(file)) {
            throw new ConnectorException(
                    Kind.UNKNOWN,
                    "the directory of " + VARIABLE + " has no " + file.getFileName(),
                    "bring the file back, or name the directory that the model was trained into");
        }
        try {
            byte[] bytes = Files.size(file) > MOST_BYTES ? new byte[0] : Files.readAllBytes(file);
            if (Manifest.sha256(bytes).equals(adapter.data())) {
                return Weights.read(new ByteArrayInputStream(bytes));
            }
        } catch (IOException e) {
            throw damaged(file, "cannot be read", e);
        }
        throw damaged(file, "is damaged: its SHA-256 is another one", null);
    }

    private static ConnectorException damaged(Path file, String how, @Nullable IOException cause) {
        return new ConnectorException(
                Kind.BROKEN,
                file.getFileName() + " in the directory of " + VARIABLE + " " + how,
                "bring the file back, or train the model again with listprog-full",
                null,
                cause);
    }

    private Path file(String hash) {
        return directory.resolve(hash + ".bin");
    }
}
