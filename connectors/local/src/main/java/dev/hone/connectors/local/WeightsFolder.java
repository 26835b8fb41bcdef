package dev.hone.connectors.local;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.Manifest.Entry;
import dev.hone.connectors.local.transformer.Transformer;
import dev.hone.connectors.local.transformer.Weights;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weights files with their manifest. A network is loaded on first use, once, and only when its hash is right. */
final class WeightsFolder {

    private static final String FIX =
            "restore the weights with 'git checkout connectors/local/src/main/resources', build "
                    + "again, or train them as connectors/train/README.md says";
    private static final WeightsFolder SHIPPED = new WeightsFolder(WeightsFolder.class::getResourceAsStream);

    /** Opens a file by its name. */
    @FunctionalInterface
    interface Files {
        /** @return null when there is none of that name */
        @Nullable
        InputStream open(String name) throws IOException;
    }

    private final Files files;
    private final Map<String, Transformer> loaded = new HashMap<>();

    WeightsFolder(Files files) {
        this.files = files;
    }

    /** The resources of this jar. */
    static WeightsFolder shipped() {
        return SHIPPED;
    }

    /** @throws ConnectorException of kind BROKEN when the file or the manifest is missing or damaged */
    synchronized Transformer network(String file) throws ConnectorException {
        Transformer known = loaded.get(file);
        if (known == null) {
            known = new Transformer(weights(file));
            loaded.put(file, known);
        }
        return known;
    }

    Manifest manifest() throws ConnectorException {
        byte[] bytes = bytes(Manifest.RESOURCE);
        try {
            return Manifest.parse(bytes);
        } catch (IOException e) {
            throw broken(Manifest.RESOURCE + " cannot be understood", e);
        }
    }

    /** The SHA-256 of a file in hexadecimal, as the manifest says it. */
    String sha256(String file) throws ConnectorException {
        return manifest()
                .entry(file)
                .map(Entry::sha256)
                .orElseThrow(() -> broken(Manifest.RESOURCE + " has no entry for the weights " + file, null));
    }

    /** @throws ConnectorException of kind BROKEN when the file or the manifest is missing or damaged */
    Weights weights(String file) throws ConnectorException {
        String expected = sha256(file);
        byte[] bytes = bytes(file);
        if (!Manifest.sha256(bytes).equals(expected)) {
            throw broken("the weights " + file + " are damaged: their SHA-256 is not the manifest's", null);
        }
        try {
            return Weights.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw broken("the weights " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    byte[] bytes(String file) throws ConnectorException {
        try (InputStream in = files.open(file)) {
            if (in == null) {
                throw broken(file + " is missing beside the local models' classes", null);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw broken(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ConnectorException broken(String what, @Nullable Throwable cause) {
        return new ConnectorException(Kind.BROKEN, what, FIX, null, cause);
    }
}
