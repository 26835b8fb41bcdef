package dev.hone.connectors.mcp;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Setting;
import dev.hone.connectors.common.Shown;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpError;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;

/** What it means that a session failed. */
final class Refused {

    private static final int INVALID_REQUEST = -32600;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final int INVALID_PARAMS = -32602;

    private Refused() {}

    /**
     * The refusal.
     *
     * @param begun whether the session had begun, so that the call was sent
     */
    static ConnectorException of(RuntimeException e, Setting<Server> setting, boolean begun) throws ConnectorException {
        Optional<String> secret = setting.secret(setting.value().key());
        String who = setting.variable();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String said = Shown.line(String.valueOf(cause.getMessage()));
            String words = secret.map(key -> said.replace(key, "***")).orElse(said);
            switch (cause) {
                case McpError error
                when error.getJsonRpcError() != null -> {
                    int code = error.getJsonRpcError().code();
                    return code == INVALID_PARAMS || code == INVALID_REQUEST || code == METHOD_NOT_FOUND
                            ? problem(Kind.BAD_INPUT, who + " refuses: " + words, "correct the tool or its arguments")
                            : problem(Kind.BROKEN, who + " failed: " + words, "see its log");
                }
                case McpHttpClientTransportAuthorizationException unused -> {
                    return problem(Kind.DENIED, who + " refuses the key", "let the operator correct it");
                }
                case ConnectException unused -> {
                    return problem(Kind.UNREACHABLE, "nothing answers at the url of " + who, "start the server");
                }
                case IOException unused -> {
                    return begun
                            ? problem(Kind.LOST, who + " ended before it had answered: " + words, "see its log")
                            : problem(
                                    Kind.UNREACHABLE, who + " cannot be started: " + words, "see whether it is there");
                }
                default -> {}
            }
        }
        String words = Shown.line(String.valueOf(e.getMessage()));
        return problem(
                Kind.BROKEN,
                who + " does not speak as expected: "
                        + secret.map(key -> words.replace(key, "***")).orElse(words),
                "see whether it is a server of the Model Context Protocol, and its log");
    }

    private static ConnectorException problem(Kind kind, String what, String fix) {
        return new ConnectorException(kind, what, fix);
    }
}
