package dev.hone.connectors.embed;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Embedder;
import dev.hone.connectors.common.Telemetry;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

/**
 * The sentence embedding model all-MiniLM-L6-v2, quantised, inside of its jar (Reimers and Gurevych 2019; Wang et al. 2020).
 * It is loaded when the first text comes. A text longer than {@value #LONGEST} characters is cut.
 */
public final class MiniLm implements Embedder {

    static final int LONGEST = 8_000;

    /** Loaded once, by the first that asks. */
    private static final class Loaded {
        static final EmbeddingModel MODEL = quiet();

        private static EmbeddingModel quiet() {
            Telemetry.off();
            return new AllMiniLmL6V2QuantizedEmbeddingModel();
        }
    }

    @Override
    public String name() {
        return "minilm";
    }

    @Override
    public int dimensions() {
        return 384;
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    @Override
    public float[] embed(String text) throws ConnectorException {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        try {
            // The model has nothing to say of no text at all.
            return Vectors.unit(
                    Loaded.MODEL.embed(cut.isBlank() ? "." : cut).content().vector());
        } catch (RuntimeException | LinkageError e) {
            throw new ConnectorException(
                    ConnectorException.Kind.BROKEN,
                    "the embedding model minilm failed: " + e,
                    "use 'embed: hashing' on this machine",
                    null,
                    e);
        }
    }
}
