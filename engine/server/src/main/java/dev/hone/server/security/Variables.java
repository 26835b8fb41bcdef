package dev.hone.server.security;

import jakarta.inject.Singleton;
import java.util.Optional;

/** Where secrets are: the environment of the process. Their values go nowhere else. */
@Singleton
public final class Variables {

    /** Empty when it is not set, or blank. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
