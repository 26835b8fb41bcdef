package dev.hone.connectors.api;

import java.net.URI;
import java.util.Optional;

/**
 * Where and as whom a model is reached; empty means the provider's own default.
 *
 * @param baseUrl the endpoint, for example {@code http://localhost:8000/v1}
 * @param key where the API key is found, never the key itself
 */
public record ModelSettings(Optional<URI> baseUrl, Optional<SecretRef> key) {

    public static final ModelSettings DEFAULT = new ModelSettings(Optional.empty(), Optional.empty());
}
