package dev.hone.connectors.mcp;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Bounded;
import dev.hone.connectors.common.OperatorTool;
import dev.hone.connectors.common.Setting;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Calls a tool of a server of the Model Context Protocol: {@code exec: {tool: mcp, in: {server: git, tool: log, arguments: {most:
 * 3}}}}. Each call is a session of its own, so that a server keeps nothing that a run would need again after it was stopped.
 */
public final class Mcp extends OperatorTool<Mcp.Input, Mcp.Output> {

    /**
     * @param server the name under which the operator knows it; see {@link Server}
     * @param tool as the server calls it
     * @param arguments as the server wants them
     */
    public record Input(String server, String tool, Optional<Map<String, Object>> arguments) {}

    /**
     * @param failed whether the tool says so; then {@code text} says why
     * @param text all texts of the result, a line break between two
     * @param structured the result as data, where the tool gives it
     * @param others the types of the parts that are no text, such as {@code image}; they are not kept
     */
    public record Output(boolean failed, String text, Optional<Object> structured, List<String> others) {}

    /** A server that has not begun by then never will. */
    private static final Duration BEGIN = Duration.ofSeconds(30);

    /** Reads the environment. */
    public Mcp() {
        this(System::getenv);
    }

    Mcp(UnaryOperator<String> variables) {
        super("mcp", Input.class, Output.class, variables);
    }

    /**
     * @throws ConnectorException of kind UNKNOWN without such a server; DENIED for a tool that the operator does not allow, and
     *     a key that the server refuses; BAD_INPUT for a tool that it does not have, and arguments that it refuses; UNREACHABLE
     *     when it is not there; LOST when it ended before it had answered; BROKEN for what is no such protocol; TIMEOUT;
     *     CANCELLED
     */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Setting<Server> setting = Server.of(input.server(), variables);
        if (!setting.value().offers(input.tool())) {
            throw new ConnectorException(
                    Kind.DENIED,
                    setting.variable() + " does not allow the tool '" + input.tool() + "'",
                    "the operator allows it there, in \"tools\"");
        }
        McpClientTransport transport = Transport.to(setting, variables);
        McpSyncClient client = McpClient.sync(transport)
                .clientInfo(new Implementation("hone", "0.1"))
                .initializationTimeout(context.timeout().compareTo(BEGIN) < 0 ? context.timeout() : BEGIN)
                .requestTimeout(context.timeout())
                .build();
        try {
            return Bounded.run(
                    context, setting.variable(), client::close, () -> call(client, transport, input, setting));
        } finally {
            client.closeGracefully();
        }
    }

    private static Output call(McpSyncClient client, McpClientTransport transport, Input input, Setting<Server> setting)
            throws ConnectorException {
        boolean begun = false;
        try {
            client.initialize();
            begun = true;
            CompletableFuture<CallToolResult> result = new CompletableFuture<>();
            if (transport instanceof StdioClientTransport process) {
                Thread.ofVirtual().start(() -> {
                    process.awaitForExit();
                    result.completeExceptionally(new IOException("the program has ended"));
                });
            }
            Thread.ofVirtual().start(() -> {
                try {
                    result.complete(client.callTool(
                            new CallToolRequest(input.tool(), input.arguments().orElse(Map.of()))));
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
            return output(result.join());
        } catch (RuntimeException e) {
            throw Refused.of(e, setting, begun);
        }
    }

    private static Output output(CallToolResult result) {
        List<String> texts = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Content part : Optional.ofNullable(result.content()).orElse(List.of())) {
            if (part instanceof TextContent text) {
                texts.add(text.text());
            } else {
                others.add(part.type());
            }
        }
        return new Output(
                Boolean.TRUE.equals(result.isError()),
                String.join("\n", texts),
                Optional.ofNullable(result.structuredContent()),
                others);
    }
}
