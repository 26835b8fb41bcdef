package dev.hone.server.mcp;

import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The transport of a server that answers one request: what tools there are is another matter for each tenant. */
final class OneRequest implements McpStatelessServerTransport {

    private @Nullable McpStatelessServerHandler handler;

    @Override
    public void setMcpHandler(McpStatelessServerHandler set) {
        handler = set;
    }

    /** Set when a server is built on this transport. */
    McpStatelessServerHandler handler() {
        return Objects.requireNonNull(handler);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }
}
