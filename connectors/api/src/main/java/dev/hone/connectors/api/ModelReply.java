package dev.hone.connectors.api;

/**
 * What a model answered.
 *
 * @param text the reply, unchanged
 * @param finish why it ended
 * @param finishWord the provider's own word for it, or empty
 * @param usage what it used, as the provider counts
 * @param rawId the provider's own id of the reply, or empty
 */
public record ModelReply(String text, Finish finish, String finishWord, Usage usage, String rawId) {

    /** Why a reply ended. */
    public enum Finish {
        STOP,
        LENGTH,
        FILTERED,
        OTHER
    }

    /** Of a model that has no words of its own for why it ends. */
    public ModelReply(String text, Finish finish, Usage usage, String rawId) {
        this(text, finish, "", usage, rawId);
    }
}
