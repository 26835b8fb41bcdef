package dev.hone.connectors.api;

/**
 * What an operation used, or at most may use.
 *
 * @param calls model calls
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written, reasoning ones included
 * @param microUsd money in millionths of a US dollar
 */
public record Usage(long calls, long inputTokens, long outputTokens, long microUsd) {

    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage {
        if (calls < 0 || inputTokens < 0 || outputTokens < 0 || microUsd < 0) {
            throw new IllegalArgumentException("usage cannot be negative: " + calls + " calls, " + inputTokens + "+"
                    + outputTokens + " tokens, " + microUsd + " micro-USD");
        }
    }

    public long tokens() {
        return inputTokens + outputTokens;
    }

    public Usage plus(Usage other) {
        return new Usage(
                calls + other.calls,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                microUsd + other.microUsd);
    }
}
