package dev.hone.connectors.api;

/** An opened model. Thread-safe; {@link #generate} may block and is called on a virtual thread. */
public interface Model {

    /**
     * The most that {@code request} can use. The engine reserves it before the call and settles the real usage after it.
     */
    Usage atMost(ModelRequest request);

    /**
     * Generates one reply. A model that can tells the context's listener the parts of its text as they come; together they
     * are the text of the reply, unless the call fails.
     *
     * @throws ConnectorException when there is none; the context's seed, timeout and cancellation are honoured
     */
    ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException;

    /**
     * Whether a call is served by this very process. Such a call ends with the process and costs nothing when it is lost;
     * any other call whose end was not seen must be taken as paid.
     */
    boolean inProcess();
}
