package dev.hone.connectors.api;

/** Opens the models of one source. A workflow names a model as {@code provider/model}. */
public interface ModelProvider {

    /** The part before the first {@code /} of a model's name, for example {@code local} or {@code ollama}. */
    String name();

    /**
     * Opens a model. No call is made to the outside yet.
     *
     * @param model the part after the first {@code /}
     * @throws ConnectorException of kind UNKNOWN when the provider can tell that it has no such model, DENIED when the
     *     key that the settings refer to is absent
     */
    Model open(String model, ModelSettings settings) throws ConnectorException;

    /**
     * Opens a model as a training has changed it. A provider whose models nobody trains refuses every adapter.
     *
     * @throws ConnectorException as {@link #open(String, ModelSettings)}; of kind BAD_INPUT when the adapter is of a format
     *     that the provider does not know, or was made for another model
     */
    default Model open(String model, ModelSettings settings, Adapter adapter) throws ConnectorException {
        throw new ConnectorException(
                ConnectorException.Kind.BAD_INPUT,
                "the provider " + name() + " cannot use the adapter " + adapter.format() + " of " + model,
                "train a model whose provider takes what the trainer gives, or change the prompt instead, with few-shot");
    }
}
