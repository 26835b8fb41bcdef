package dev.hone.engine.ledger;

import dev.hone.connectors.api.SecretRef;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL database, which several engines may share.
 *
 * @param url {@code jdbc:postgresql://host:port/name}, with parameters of the driver, if any, but without a password
 * @param user of the database; the name of the process's user when empty, unless the URL says one
 * @param password where it is; empty when the server asks for none
 */
public record DatabaseAddress(String url, Optional<String> user, Optional<SecretRef> password) {

    private static final String BEGINS = "jdbc:postgresql:";

    /** @throws LedgerException for a URL that is none of PostgreSQL, or holds a password; it is not repeated */
    public DatabaseAddress {
        if (!url.startsWith(BEGINS)) {
            throw refused("is none of PostgreSQL");
        }
        String place = withoutParameters(url);
        boolean secret = Stream.of(url.substring(place.length()).split("[?&]"))
                .anyMatch(parameter -> parameter.toLowerCase(Locale.ROOT).matches("[^=]*(password|passphrase).*"));
        if (secret || place.contains("@")) {
            throw refused("holds a password");
        }
    }

    /**
     * @param password {@code env:NAME}
     * @throws LedgerException also for a password that is no reference; it is not repeated
     */
    public static DatabaseAddress of(String url, String user, String password) {
        SecretRef reference;
        try {
            reference = new SecretRef(password);
        } catch (IllegalArgumentException e) {
            throw refused("has a password that is no reference");
        }
        return new DatabaseAddress(url, Optional.of(user), Optional.of(reference));
    }

    private static LedgerException refused(String what) {
        return new LedgerException(
                Problem.of(
                        ProblemCode.LEDGER_FAILED,
                        "the address of the database " + what + ".",
                        "Give jdbc:postgresql://HOST:PORT/NAME, and the password by reference, as"
                                + " env:NAME_OF_AN_ENVIRONMENT_VARIABLE."),
                null);
    }

    private static String withoutParameters(String url) {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    /** {@code postgresql://host:port/name}. */
    @Override
    public String toString() {
        return withoutParameters(url).substring("jdbc:".length());
    }
}
