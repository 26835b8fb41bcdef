package dev.hone.server.security;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.server.store.Keys;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The ways in. A server that asks for keys must have one. */
@Singleton
public final class Doors {

    private final SecuritySettings settings;
    private final Variables variables;
    private final Keys keys;
    private final JwtSettings jwt;

    /** @param validator so that its settings are looked at before somebody comes */
    Doors(SecuritySettings settings, Variables variables, Keys keys, JwtSettings jwt, JwtValidator validator) {
        this.settings = settings;
        this.variables = variables;
        this.keys = keys;
        this.jwt = jwt;
    }

    /** @throws EngineException when authentication is on and nobody could come in, or the operator's key could be guessed */
    public void requireOne() {
        if (!settings.auth()) {
            return;
        }
        Optional<String> key = variables.find(settings.adminKeyVariable());
        if (key.isPresent() && key.get().length() < OperatorKey.LEAST) {
            throw refused(
                    "the operator's key in " + settings.adminKeyVariable() + " has fewer than " + OperatorKey.LEAST
                            + " characters.",
                    "Set it to something random, for example what openssl rand -hex 32 prints.");
        }
        if (key.isEmpty() && !jwt.configured() && !keys.any(Instant.now())) {
            throw refused(
                    "authentication is on, and there is no key that a caller could have.",
                    "Set the variable " + settings.adminKeyVariable() + " to the operator's key, or name an issuer of"
                            + " JWTs in hone.security.jwt.");
        }
    }

    private static EngineException refused(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.NOT_AUTHENTICATED, what, fix)));
    }
}
