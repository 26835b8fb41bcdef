package dev.hone.server.webhooks;

import dev.hone.connectors.http.Pinned;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.server.security.AllowSettings;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** Where a webhook may lead: to the public internet, whatever its name resolves to and when, unless the operator allows more. */
@Singleton
final class Receiver {

    private static final int LONGEST = 2_000;

    private final AllowSettings settings;

    Receiver(AllowSettings settings) {
        this.settings = settings;
    }

    boolean mayBePrivate() {
        return settings.privateWebhooks();
    }

    /**
     * The address that is meant. A name that nobody knows yet is let through: it is looked up anew at each attempt.
     *
     * @throws EngineException when nothing is to be sent there
     */
    URI check(String url) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw refused(ProblemCode.BAD_SETTING, "the url is no address.", "Write one that begins with https://.");
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null
                || url.length() > LONGEST
                || !List.of("https", "http").contains(scheme)) {
            throw refused(
                    ProblemCode.BAD_SETTING,
                    "nothing can be sent to this url.",
                    "Write one that begins with https://, with a host, and " + LONGEST + " characters at most.");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw refused(
                    ProblemCode.BAD_SETTING,
                    "the url has a user or a fragment in it.",
                    "Leave them away: messages are signed, so that the receiver knows from whom they come.");
        }
        if (settings.privateWebhooks()) {
            return address;
        }
        if (scheme.equals("http")) {
            throw refused(
                    ProblemCode.NOT_ALLOWED,
                    "over http everybody on the way reads what is sent.",
                    "Write https://, or ask the operator for hone.allow.private-webhooks where the receiver is in the"
                            + " same network.");
        }
        try {
            new Pinned().resolve(address.getHost());
        } catch (Pinned.Private e) {
            throw refused(
                    ProblemCode.NOT_ALLOWED,
                    address.getHost() + " has an address that is not public.",
                    "Name a receiver on the internet, or ask the operator for hone.allow.private-webhooks.");
        } catch (UnknownHostException e) {
            return address;
        }
        return address;
    }

    private static EngineException refused(ProblemCode code, String what, String fix) {
        return new EngineException(List.of(Problem.of(code, what, fix)));
    }
}
