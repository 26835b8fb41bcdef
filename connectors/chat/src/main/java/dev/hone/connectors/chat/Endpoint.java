package dev.hone.connectors.chat;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.SecretRef;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a model is reached, and with which key. The key itself is read for each call and held by no object.
 *
 * @param address without a slash at its end
 */
record Endpoint(Kind kind, URI address, Optional<SecretRef> key) {

    /** The field that bounds a reply: OpenAI's reasoning models refuse the older one, most other servers know only that. */
    enum OutputLimit {
        MAX_TOKENS,
        MAX_COMPLETION_TOKENS
    }

    /**
     * What is known of a provider before any setting.
     *
     * @param home the provider's own address
     * @param homeKey the key that is sent there unless another is named
     * @param start the command that starts it, when it is a server on the user's machine
     * @param variable where its address is looked for before {@code home}
     */
    record Kind(
            String name,
            Optional<URI> home,
            Optional<SecretRef> homeKey,
            Optional<String> start,
            OutputLimit limit,
            Optional<Variable> variable,
            Protocol protocol) {

        /** Servers that speak as OpenAI's does, but refuse a JSON Schema, or are not known to take one. */
        private static final Set<String> WITHOUT_SCHEMAS = Set.of("compatible", "tgi");

        /** Servers that send calls with the same key to the machine that has kept their beginning. */
        private static final Set<String> WITH_CACHE_KEYS = Set.of("openai", "azure");

        boolean cacheKeys() {
            return WITH_CACHE_KEYS.contains(name);
        }

        /** Whether it takes a JSON Schema for its replies. */
        boolean schemas() {
            return !WITHOUT_SCHEMAS.contains(name);
        }

        /** Of a server that speaks as OpenAI's does; one on the user's machine is moved by {@code HONE_NAME_BASE_URL}. */
        Kind(String name, Optional<URI> home, Optional<SecretRef> homeKey, Optional<String> start, OutputLimit limit) {
            this(
                    name,
                    home,
                    homeKey,
                    start,
                    limit,
                    start.map(local -> new Variable("HONE_" + name.toUpperCase(Locale.ROOT) + "_BASE_URL", "", "")),
                    new OpenAiProtocol());
        }

        /** Of a provider that speaks a protocol of its own. */
        static Kind hosted(String name, String home, String key, Protocol protocol) {
            return new Kind(
                    name,
                    Optional.of(URI.create(home)),
                    Optional.of(new SecretRef(key)),
                    Optional.empty(),
                    OutputLimit.MAX_TOKENS,
                    Optional.empty(),
                    protocol);
        }
    }

    /**
     * An environment variable that says where the provider's own address is.
     *
     * @param before what stands before its value in the address
     * @param behind what stands behind it
     */
    record Variable(String name, String before, String behind) {

        Optional<String> address(Map<String, String> environment) {
            return Optional.ofNullable(environment.get(name))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .map(value -> before + value.replaceAll("/+$", "") + behind);
        }
    }

    /** @throws ConnectorException of kind BAD_INPUT when there is no usable address */
    static Endpoint of(Kind kind, ModelSettings settings, Map<String, String> environment) throws ConnectorException {
        if (settings.baseUrl().isPresent()) {
            return new Endpoint(
                    kind, checked(settings.baseUrl().get().toString(), "the slot's baseUrl"), settings.key());
        }
        Optional<String> moved = kind.variable().flatMap(variable -> variable.address(environment));
        if (moved.isPresent()) {
            return new Endpoint(
                    kind,
                    checked(moved.get(), kind.variable().orElseThrow().name()),
                    settings.key().or(kind::homeKey));
        }
        URI home = kind.home()
                .orElseThrow(() -> bad(
                        "the provider '" + kind.name() + "' has no address of its own",
                        kind.variable()
                                .map(variable -> "set " + variable.name() + ", or give the slot a baseUrl")
                                .orElse("give the slot a baseUrl, for example http://localhost:8000/v1")));
        return new Endpoint(kind, home, settings.key().or(kind::homeKey));
    }

    /** The key's value, to be used and forgotten. */
    Optional<String> secret() throws ConnectorException {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        String value = key.get().resolve().strip();
        if (!value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new ConnectorException(
                    ConnectorException.Kind.DENIED,
                    "the value of " + key.get().text() + " cannot be a key: it holds blanks or characters beyond ASCII",
                    "put the key alone into that environment variable");
        }
        return Optional.of(value);
    }

    /** What to do when nothing answers. */
    String howToReach() {
        String move = kind.variable()
                .map(variable -> ", in the slot or in " + variable.name())
                .orElse(", in the slot");
        return kind.start().map(command -> "start the server (" + command + ")").orElse("check that the server is up")
                + " or change baseUrl" + move;
    }

    private static URI checked(String text, String source) throws ConnectorException {
        URI uri;
        try {
            uri = URI.create(text.strip().replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw bad(source + " is not an address", "write it as http://HOST:PORT/v1");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw bad(
                    source + " holds a user, a query or a fragment, which are not sent",
                    "write it as http://HOST:PORT/v1 and name a key with env:NAME");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw bad(source + " is '" + uri + "', which is no http address", "write it as http://HOST:PORT/v1");
        }
        return uri;
    }

    private static ConnectorException bad(String what, String fix) {
        return new ConnectorException(ConnectorException.Kind.BAD_INPUT, what, fix);
    }
}
