package dev.hone.connectors.api;

/** Turns a text into numbers, such that similar texts have similar numbers. Stateless or thread-safe; may block. */
public interface Embedder {

    /** The name a workflow uses in {@code embed: NAME}: lower case, words joined by {@code -}. */
    String name();

    /** How many numbers a text becomes. */
    int dimensions();

    /**
     * The numbers of a text, as a vector of length 1.
     *
     * @throws ConnectorException when the text could not be turned into numbers
     */
    float[] embed(String text) throws ConnectorException;

    /** Whether it runs in this process, so that it costs nothing. */
    boolean inProcess();
}
