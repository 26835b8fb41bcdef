package dev.hone.client;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a server is, and who asks it. The key is in no text that this or an error makes. */
public final class ServerAccess {

    /** The variable with the key where none is named. */
    public static final String USUAL_VARIABLE = "HONE_KEY";

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,99}";
    private static final String KEY = "[!-~]{1,4000}";

    private final URI address;
    private final String variable;
    private final Optional<String> key;

    private ServerAccess(URI address, String variable, Optional<String> key) {
        this.address = address;
        this.variable = variable;
        this.key = key;
    }

    /**
     * @param address of the server, {@code http} or {@code https}; what is below it, {@code /api/v1}, is not part of it
     * @param variable of the environment, that holds the key; {@value #USUAL_VARIABLE} may be missing, another one may not
     * @throws EngineException when the address is none, or the key is not there
     */
    public static ServerAccess of(URI address, String variable, Map<String, String> environment) {
        boolean web = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        if (!web
                || address.getHost() == null
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw refused(
                    ProblemCode.BAD_SETTING,
                    "this is not the address of a server.",
                    "Write it as hone serve prints it, for example http://localhost:8080; a key is not part of it.");
        }
        if (!variable.matches(NAME) || variable.startsWith("hone_")) {
            throw refused(
                    ProblemCode.BAD_SETTING,
                    "what is given as --key-variable is not the name of an environment variable.",
                    "Put the key into a variable, and give the name of the variable: others can read a command line.");
        }
        Optional<String> key = Optional.ofNullable(environment.get(variable)).filter(found -> !found.isEmpty());
        if (key.isEmpty() && !variable.equals(USUAL_VARIABLE)) {
            throw refused(
                    ProblemCode.NOT_AUTHENTICATED,
                    "the environment variable " + variable + ", which should hold the key of the server, is not set.",
                    "Set it, or name another one with --key-variable.");
        }
        if (key.isPresent() && !key.get().matches(KEY)) {
            throw refused(
                    ProblemCode.NOT_AUTHENTICATED,
                    "the environment variable " + variable + " holds no key: it has spaces or other signs.",
                    "Put the key alone into it.");
        }
        return new ServerAccess(address, variable, key);
    }

    private static EngineException refused(ProblemCode code, String what, String fix) {
        return new EngineException(List.of(Problem.of(code, what, fix)));
    }

    /** @param path below {@code /api/v1}, with a slash before it */
    URI resolve(String path) {
        String base = address.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v1" + path);
    }

    /** What says who asks; empty when nobody does. */
    Optional<String> authorization() {
        return key.map(secret -> "Bearer " + secret);
    }

    /** That the server does not know who asks. */
    EngineException unknown() {
        return refused(
                ProblemCode.NOT_AUTHENTICATED,
                key.isPresent()
                        ? "the server at " + address + " does not know the key in " + variable
                                + ": it is another server's, has expired, or was revoked."
                        : "the server at " + address + " wants a key, and the environment variable " + variable
                                + " is not set.",
                "Put a key of this server into " + variable + ", or name another variable with --key-variable.");
    }

    /** The address alone. */
    @Override
    public String toString() {
        return address.toString();
    }
}
