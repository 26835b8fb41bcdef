package dev.hone.connectors.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A server of the Model Context Protocol with a few tools, over standard streams when it is run as a program. */
final class ToolServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ToolServer() {}

    /** A line in, a line out, as the protocol's stdio transport says. */
    public static void main(String[] arguments) throws IOException {
        System.err.println("chatter that is not part of the protocol");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null; ) {
            Optional<JsonNode> answer = answer(JSON.readTree(line));
            if (answer.isPresent()) {
                System.out.println(JSON.writeValueAsString(answer.get()));
            }
        }
    }

    /** Empty for what wants no answer. */
    static Optional<JsonNode> answer(JsonNode request) {
        if (!request.has("id")) {
            return Optional.empty();
        }
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", request.get("id"));
        switch (request.path("method").asText()) {
            case "initialize" -> {
                ObjectNode result = answer.putObject("result");
                result.set("protocolVersion", request.path("params").path("protocolVersion"));
                result.putObject("capabilities").putObject("tools");
                result.putObject("serverInfo").put("name", "tools").put("version", "1");
            }
            case "tools/call" -> call(request.path("params"), answer);
            default -> answer.putObject("error").put("code", -32601).put("message", "no such method");
        }
        return Optional.of(answer);
    }

    private static void call(JsonNode params, ObjectNode answer) {
        JsonNode arguments = params.path("arguments");
        switch (params.path("name").asText()) {
            case "add" -> {
                int sum = arguments.path("a").asInt() + arguments.path("b").asInt();
                ObjectNode result = answer.putObject("result");
                result.putArray("content").addObject().put("type", "text").put("text", "the sum is " + sum);
                result.putObject("structuredContent").put("sum", sum);
            }
            case "draw" ->
                answer.putObject("result")
                        .putArray("content")
                        .addObject()
                        .put("type", "image")
                        .put("data", "AA==")
                        .put("mimeType", "image/png");
            case "fail" ->
                answer.putObject("result")
                        .put("isError", true)
                        .putArray("content")
                        .addObject()
                        .put("type", "text")
                        .put("text", "no water in the kettle");
            case "secret" ->
                answer.putObject("error").put("code", -32603).put("message", "I saw " + System.getenv("HONE_TEST_KEY"));
            case "environment" ->
                answer.putObject("result")
                        .putArray("content")
                        .addObject()
                        .put("type", "text")
                        .put("text", String.join(",", System.getenv().keySet()));
            case "die" -> Runtime.getRuntime().halt(3);
            case "wait" -> {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            default -> answer.putObject("error").put("code", -32602).put("message", "no such tool");
        }
    }
}
