package dev.hone.connectors.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.Optional;

/**
 * Where and as whom a model is reached, and at what price; empty means the provider's own default.
 *
 * @param baseUrl the endpoint, for example {@code http://localhost:8000/v1}
 * @param key where the API key is found, never the key itself
 */
public record ModelSettings(Optional<URI> baseUrl, Optional<SecretRef> key, Optional<Price> price) {

    public static final ModelSettings DEFAULT = new ModelSettings(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * US dollars a million tokens; equally millionths of a dollar a token.
     *
     * @param input of tokens read
     * @param cached of tokens read that the provider had kept from an earlier call
     * @param kept of tokens read that the provider keeps for a later call
     * @param output of tokens written, those of reasoning included
     */
    public record Price(BigDecimal input, BigDecimal cached, BigDecimal kept, BigDecimal output) {

        /** Where cached tokens cost what all others cost. */
        public Price(BigDecimal input, BigDecimal output) {
            this(input, input, input, output);
        }

        /** Where keeping costs no more than reading. */
        public Price(BigDecimal input, BigDecimal cached, BigDecimal output) {
            this(input, cached, input, output);
        }

        /** What so many tokens cost, rounded up to a millionth of a dollar. */
        public long microUsd(long inputTokens, long cachedTokens, long keptTokens, long outputTokens) {
            return input.multiply(BigDecimal.valueOf(inputTokens - cachedTokens - keptTokens))
                    .add(cached.multiply(BigDecimal.valueOf(cachedTokens)))
                    .add(kept.multiply(BigDecimal.valueOf(keptTokens)))
                    .add(output.multiply(BigDecimal.valueOf(outputTokens)))
                    .setScale(0, RoundingMode.CEILING)
                    .longValueExact();
        }

        /** The most that so many tokens cost, whatever of them is cached or, where {@code keeps}, kept. */
        public long mostMicroUsd(long inputTokens, long outputTokens, boolean keeps) {
            BigDecimal dearest = keeps ? input.max(cached).max(kept) : input.max(cached);
            return new Price(dearest, output).microUsd(inputTokens, 0, 0, outputTokens);
        }
    }
}
