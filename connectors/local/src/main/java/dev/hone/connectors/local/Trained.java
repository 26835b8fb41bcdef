package dev.hone.connectors.local;

import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.transformer.FineTuning;
import dev.hone.connectors.local.transformer.Transformer;
import dev.hone.connectors.local.transformer.Weights;
import java.io.IOException;
import java.util.Base64;

/**
 * The adapters of the local generators. The data of a patch is the beginning of the SHA-256 of the weights that it changes, a
 * colon, and the change in Base64: some 24 kB. Whole weights are in the {@link WeightsStore}.
 */
final class Trained {

    static final String FORMAT = "listprog-patch";

    private static final int HASH = 16;
    private static final String FIX = "train the model again with listprog-adapter or listprog-full";

    private Trained() {}

    static Adapter adapter(Checkpoint checkpoint, byte[] patch) throws ConnectorException {
        return new Adapter(FORMAT, hash(checkpoint) + ":" + Base64.getEncoder().encodeToString(patch));
    }

    /**
     * The change, to be applied or to go on with.
     *
     * @throws ConnectorException of kind BAD_INPUT when it is of another format or of other weights
     */
    static byte[] patch(Checkpoint checkpoint, Adapter adapter) throws ConnectorException {
        if (!adapter.format().equals(FORMAT)) {
            throw bad("the adapter is of the format " + adapter.format() + ", and what is wanted of "
                    + checkpoint.model() + " is " + FORMAT);
        }
        refuseUnlessGenerator(checkpoint);
        String hash = hash(checkpoint);
        if (!adapter.data().startsWith(hash + ":")) {
            throw bad("the adapter was made for other weights than those of " + checkpoint.model());
        }
        try {
            return Base64.getDecoder().decode(adapter.data().substring(HASH + 1));
        } catch (IllegalArgumentException e) {
            throw bad("the adapter of " + checkpoint.model() + " is not in Base64");
        }
    }

    /** @throws ConnectorException of kind BAD_INPUT when the adapter is not one of this model */
    static Transformer network(Checkpoint checkpoint, Adapter adapter) throws ConnectorException {
        byte[] patch = patch(checkpoint, adapter);
        try {
            return FineTuning.patched(checkpoint.network(), patch);
        } catch (IOException e) {
            throw bad("the adapter of " + checkpoint.model() + " cannot be used: " + e.getMessage());
        }
    }

    /**
     * Whole weights in the place of the shipped ones.
     *
     * @throws ConnectorException of kind BAD_INPUT when they are of another shape
     */
    static Weights whole(Checkpoint checkpoint, Weights weights) throws ConnectorException {
        refuseUnlessGenerator(checkpoint);
        if (!weights.shape().equals(checkpoint.network().shape())) {
            throw bad("the weights that the adapter names are of another shape than those of " + checkpoint.model());
        }
        return weights;
    }

    private static void refuseUnlessGenerator(Checkpoint checkpoint) throws ConnectorException {
        if (checkpoint.role() != ListprogRole.GENERATOR) {
            throw bad("the model " + checkpoint.model() + " is no generator, and only generators have adapters");
        }
    }

    private static String hash(Checkpoint checkpoint) throws ConnectorException {
        return WeightsFolder.shipped().sha256(checkpoint.file()).substring(0, HASH);
    }

    private static ConnectorException bad(String what) {
        return new ConnectorException(Kind.BAD_INPUT, what, FIX);
    }
}
