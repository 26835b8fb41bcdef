package dev.hone.connectors.api;

/**
 * What a model answered.
 *
 * @param text the reply, unchanged
 * @param finish why it ended
 * @param usage what it used, as the provider counts
 * @param rawId the provider's own id of the reply, or empty
 */
public record ModelReply(String text, Finish finish, Usage usage, String rawId) {

    /** Why a reply ended. */
    public enum Finish {
        STOP,
        LENGTH,
        FILTERED,
        OTHER
    }
}
