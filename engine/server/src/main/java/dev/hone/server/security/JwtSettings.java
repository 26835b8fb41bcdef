package dev.hone.server.security;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose JWTs are taken; nobody's unless an issuer is named.
 *
 * @param issuer what the claim {@code iss} has to be
 * @param audience what the claim {@code aud} has to name
 * @param jwksUrl where the issuer's public keys are
 * @param secret in the place of public keys: a secret of 32 bytes or more that the issuer signs with, as {@code env:NAME}
 */
@ConfigurationProperties("hone.security.jwt")
public record JwtSettings(
        @Nullable String issuer,
        @Nullable String audience,
        @Nullable URI jwksUrl,
        @Nullable String secret) {

    boolean configured() {
        return issuer != null || audience != null || jwksUrl != null || secret != null;
    }

    /** The variable that holds the secret. */
    Optional<String> secretVariable() {
        return Optional.ofNullable(secret)
                .filter(name -> name.startsWith("env:"))
                .map(name -> name.substring(4));
    }
}
