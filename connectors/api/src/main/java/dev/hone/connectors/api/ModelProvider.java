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
}
