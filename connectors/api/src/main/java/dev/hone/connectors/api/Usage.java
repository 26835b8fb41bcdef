package dev.hone.connectors.api;

/**
 * What an operation used, or at most may use.
 *
 * @param calls model calls
 * @param inputTokens tokens read, cached ones included
 * @param cachedTokens of the tokens read, those that the provider had kept from an earlier call
 * @param outputTokens tokens written, reasoning ones included
 * @param reasoningTokens of the tokens written, those that are not part of the reply
 * @param microUsd money in millionths of a US dollar, without the {@code unpricedCalls}
 * @param estimatedCalls of the calls, those whose tokens the provider did not count, so that they were estimated
 * @param unpricedCalls of the calls, those whose price is not known
 */
public record Usage(
        long calls,
        long inputTokens,
        long cachedTokens,
        long outputTokens,
        long reasoningTokens,
        long microUsd,
        long estimatedCalls,
        long unpricedCalls) {

    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage {
        if (calls < 0
                || cachedTokens < 0
                || cachedTokens > inputTokens
                || reasoningTokens < 0
                || reasoningTokens > outputTokens
                || microUsd < 0
                || estimatedCalls < 0
                || estimatedCalls > calls
                || unpricedCalls < 0
                || unpricedCalls > calls) {
            throw new IllegalArgumentException("no usage can be " + calls + " calls (" + estimatedCalls + " estimated, "
                    + unpricedCalls + " without a price), " + inputTokens + " tokens read (" + cachedTokens
                    + " cached), " + outputTokens + " written (" + reasoningTokens + " reasoning), " + microUsd
                    + " micro-USD");
        }
    }

    /** Counted and priced, with nothing cached and no reasoning. */
    public Usage(long calls, long inputTokens, long outputTokens, long microUsd) {
        this(calls, inputTokens, 0, outputTokens, 0, microUsd, 0, 0);
    }

    public long tokens() {
        return inputTokens + outputTokens;
    }

    public Usage plus(Usage other) {
        return new Usage(
                calls + other.calls,
                inputTokens + other.inputTokens,
                cachedTokens + other.cachedTokens,
                outputTokens + other.outputTokens,
                reasoningTokens + other.reasoningTokens,
                microUsd + other.microUsd,
                estimatedCalls + other.estimatedCalls,
                unpricedCalls + other.unpricedCalls);
    }
}
