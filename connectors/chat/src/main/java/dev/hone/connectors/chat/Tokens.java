package dev.hone.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * What a server says that a call used. A count is empty where the server says nothing, or nothing that can be true.
 *
 * @param input cached tokens included
 * @param cached of the input
 * @param kept of the input, for a later call
 * @param output reasoning tokens included
 * @param reasoning of the output
 */
record Tokens(OptionalLong input, OptionalLong cached, OptionalLong kept, OptionalLong output, OptionalLong reasoning) {

    /** No model reads or writes as much in one call: more is a mistake. */
    static final long MOST = 100_000_000;

    static final Tokens UNCOUNTED = new Tokens(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());

    /** A whole number that can be a count. */
    static OptionalLong count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0 && node.longValue() <= MOST
                ? OptionalLong.of(node.longValue())
                : OptionalLong.empty();
    }

    /** The sum, where each part that is missing counts as nothing; empty when the first is missing. */
    static OptionalLong sum(OptionalLong first, OptionalLong... rest) {
        if (first.isEmpty()) {
            return first;
        }
        long sum = first.getAsLong();
        for (OptionalLong part : rest) {
            sum += part.orElse(0);
        }
        return OptionalLong.of(sum);
    }
}
