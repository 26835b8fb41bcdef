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

    /** US dollars a million tokens, read and written; equally millionths of a dollar a token. */
    public record Price(BigDecimal input, BigDecimal output) {

        /** What so many tokens cost, rounded up to a millionth of a dollar. */
        public long microUsd(long inputTokens, long outputTokens) {
            return input.multiply(BigDecimal.valueOf(inputTokens))
                    .add(output.multiply(BigDecimal.valueOf(outputTokens)))
                    .setScale(0, RoundingMode.CEILING)
                    .longValueExact();
        }
    }
}
