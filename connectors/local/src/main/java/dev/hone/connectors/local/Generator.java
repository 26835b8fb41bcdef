package dev.hone.connectors.local;

import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.local.transformer.Weights;
import java.util.Map;
import java.util.Optional;

/** A shipped generator, with what a training has changed of it, as the value of a model slot names it. */
public final class Generator {

    private static final String FIX = "give the value of the slot, with model: \"= slot.NAME\"";

    private final Checkpoint checkpoint;
    private final Optional<Adapter> adapter;

    private Generator(Checkpoint checkpoint, Optional<Adapter> adapter) {
        this.checkpoint = checkpoint;
        this.adapter = adapter;
    }

    /**
     * @param model {@code local/NAME}, or {@code {model: local/NAME, adapter: {format: ..., data: ...}}}
     * @throws ConnectorException of kind BAD_INPUT when it is neither, or no generator
     */
    public static Generator of(Object model) throws ConnectorException {
        return switch (model) {
            case String name -> new Generator(checkpoint(name), Optional.empty());
            case Map<?, ?> version
            when version.get("model") instanceof String name
                    && version.get("adapter") instanceof Map<?, ?> adapter
                    && adapter.get("format") instanceof String format
                    && adapter.get("data") instanceof String data ->
                new Generator(checkpoint(name), Optional.of(adapter(format, data)));
            default -> throw new ConnectorException(Kind.BAD_INPUT, "'model' is no version of a model", FIX);
        };
    }

    /** As a workflow names it, {@code local/NAME}. */
    public String model() {
        return LocalProvider.NAME + "/" + checkpoint.model();
    }

    /** Its weights as they are shipped. */
    public Weights shipped() throws ConnectorException {
        return WeightsFolder.shipped().weights(checkpoint.file());
    }

    /**
     * Its weights as {@code listprog-full} has changed them, or as they are shipped when nothing was changed.
     *
     * @throws ConnectorException as {@link WeightsStore#read}; of kind BAD_INPUT when they are of another shape
     */
    public Weights changed(WeightsStore store) throws ConnectorException {
        return adapter.isPresent() ? Trained.whole(checkpoint, store.read(adapter.get())) : shipped();
    }

    Optional<Adapter> adapter() {
        return adapter;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    private static Adapter adapter(String format, String data) throws ConnectorException {
        try {
            return new Adapter(format, data);
        } catch (IllegalArgumentException e) {
            throw new ConnectorException(Kind.BAD_INPUT, String.valueOf(e.getMessage()), FIX, null, e);
        }
    }

    private static Checkpoint checkpoint(String name) throws ConnectorException {
        String prefix = LocalProvider.NAME + "/";
        Optional<Checkpoint> known =
                name.startsWith(prefix) ? Checkpoint.named(name.substring(prefix.length())) : Optional.empty();
        return known.filter(checkpoint -> checkpoint.role() == ListprogRole.GENERATOR)
                .orElseThrow(() -> new ConnectorException(
                        Kind.BAD_INPUT,
                        "the weights of " + name + " cannot be trained here",
                        "use local/listprog-gen or local/listprog-gen-apprentice, or let few-shot change the prompt"));
    }
}
