package dev.hone.connectors.api;

/**
 * One operation on the outside world: a record in, a record out.
 *
 * <p>The components of the two records are the tool's interface: the workflow checker reads their names and types, and
 * the engine converts JSON to the input and the output to JSON by component name. An implementation is stateless or
 * thread-safe; {@link #run} may block and is called on a virtual thread.
 *
 * @param <I> what the tool reads; every component is required unless its type is {@link java.util.Optional}
 * @param <O> what the tool reports
 */
public interface Connector<I extends Record, O extends Record> {

    /** The name a workflow uses in {@code exec: {tool: NAME}}: lower case, words joined by {@code -}. */
    String name();

    Class<I> input();

    Class<O> output();

    /**
     * Performs the operation.
     *
     * @throws ConnectorException when it could not be performed; a result that is merely negative (a failed test, an
     *     empty answer) is an output, not an exception
     */
    O run(I input, CallContext context) throws ConnectorException;
}
