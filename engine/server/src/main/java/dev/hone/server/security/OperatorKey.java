package dev.hone.server.security;

import jakarta.inject.Singleton;
import java.util.Optional;

/** The key of the one who runs the server, from the environment. Of it, too, only the SHA-256 is kept. */
@Singleton
final class OperatorKey {

    static final int LEAST = 24;

    private final Optional<String> hash;

    OperatorKey(SecuritySettings settings, Variables variables) {
        this.hash = variables
                .find(settings.adminKeyVariable())
                .filter(key -> key.length() >= LEAST)
                .map(Secrets::hash);
    }

    boolean is(String token) {
        return hash.filter(known -> Secrets.equal(known, Secrets.hash(token))).isPresent();
    }
}
