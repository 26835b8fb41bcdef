package dev.hone.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.engine.Engine;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.engine.ledger.RunSummary;
import dev.hone.engine.work.Json;
import dev.hone.server.Served;
import dev.hone.server.openai.Front;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol's own client. */
@Tag("slow")
class McpClientTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final OpenAiServer MODELS = Front.MODELS;
    private static final Served SERVED = Front.served();
    private static final Map<Double, String> TOLD = new ConcurrentSkipListMap<>();
    private static final McpSyncClient CLIENT = client();

    private static McpSyncClient client() {
        Engine engine = SERVED.engine();
        engine.deployments().deploy("default", "tester", new Source("repeat.yaml", """
                # Says something again, as often as it is told.
                hone: 1
                name: repeat
                input: {text: text, times: number}
                slots: {speaker: {kind: model, init: compatible/echo, baseUrl: "%s"}}
                pools: {said: {}}
                budget: {calls: 4}
                flow:
                  - call:
                      id: speak
                      role: speaker
                      in: {text: "= text", times: "= times"}
                      prompt: "{{ text }} {{ times }} times"
                      out: words
                      into: said
                """.formatted(MODELS.baseUrl())));
        engine.deployments().deploy("other", "somebody", new Source("hidden.yaml", """
                hone: 1
                name: hidden
                pools: {said: {}}
                budget: {calls: 1}
                flow:
                  - exec: {id: x, tool: compute, in: {value: "= 1"}, out: y, into: said}
                """));
        String address = SERVED.address().toString();
        McpSyncClient client = McpClient.sync(
                        HttpClientStreamableHttpTransport.builder(address) // http://127.0.0.1:8080
                                .endpoint("/mcp")
                                .jsonMapper(new JacksonMcpJsonMapper(new JsonMapper()))
                                .build())
                .progressConsumer(progress -> TOLD.put(progress.progress(), progress.message()))
                .build();
        client.initialize();
        return client;
    }

    @AfterAll
    static void close() {
        CLIENT.closeGracefully();
    }

    private static CallToolResult call(Map<String, Object> arguments, Map<String, Object> meta) {
        return CLIENT.callTool(new CallToolRequest("repeat", arguments, meta));
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    @Test
    void theWorkflowsOfTheTenantAreTools() {
        List<Tool> tools = CLIENT.listTools().tools();

        assertThat(tools)
                .extracting(Tool::name)
                .contains("repeat", "alphabetize")
                .doesNotContain("hidden");
        Tool repeat = tools.stream()
                .filter(tool -> tool.name().equals("repeat"))
                .findFirst()
                .orElseThrow();
        assertThat(repeat.description()).isEqualTo("Says something again, as often as it is told.");
        JsonNode schema = Json.node(repeat.inputSchema());
        assertThat(schema.at("/properties/text/type").asText()).isEqualTo("string");
        assertThat(schema.at("/properties/times/type").asText()).isEqualTo("number");
        assertThat(schema.path("required").toString()).isEqualTo("[\"text\",\"times\"]");
    }

    @Test
    void aCallRunsTheWorkflowAndSaysWhichRunItWas() {
        CallToolResult result = call(Map.of("text", "ahoy", "times", 3), Map.of("hone", Map.of("seed", 5)));

        assertThat(result.isError()).isFalse();
        assertThat(text(result)).isEqualTo("ahoy 3 times");
        assertThat(Json.node(result.structuredContent()).path("result").asText())
                .isEqualTo("ahoy 3 times");
        JsonNode hone = Json.node(result.meta()).path("hone");
        assertThat(hone.at("/stop/kind").asText()).isEqualTo("completed");
        assertThat(SERVED.engine()
                        .result(hone.path("run").asText())
                        .orElseThrow()
                        .spent()
                        .calls())
                .isEqualTo(1);
    }

    @Test
    void whoAsksForProgressIsToldWhileTheLoopGoesOn() {
        TOLD.clear();
        CallToolResult result = call(Map.of("text", "ahoy", "times", 2), Map.of("progressToken", "p-1"));

        assertThat(text(result)).isEqualTo("ahoy 2 times");
        // The client hands on what it is told on several threads.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(String.join("", TOLD.values()))
                        .contains("[speak] ahoy 2 times\n")
                        .contains("into said"));
    }

    @Test
    void argumentsThatDoNotFitAreAResultFromWhichAModelLearns() {
        CallToolResult result = call(Map.of("text", 7), Map.of());

        assertThat(result.isError()).isTrue();
        assertThat(text(result))
                .contains("INPUT_TYPE: the input text is 7. Give it a text.")
                .contains("the input times is missing.");
        assertThat(call(Map.of("text", "x", "times", 1), Map.of("hone", Map.of("seed", "high")))
                        .isError())
                .isTrue();
    }

    @Test
    void aRunThatFailsIsAnErrorWithItsRun() {
        MODELS.next(new Misbehaviour.Status(400, Map.of(), "{\"error\": {\"message\": \"no\"}}"));
        CallToolResult result = call(Map.of("text", "x", "times", 1), Map.of());

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).startsWith("MODEL_FAILED: ");
        assertThat(Json.node(result.meta()).at("/hone/stop/kind").asText()).isEqualTo("problem");
    }

    @Test
    void anothersWorkflowIsNoTool() {
        assertThatThrownBy(() -> CLIENT.callTool(new CallToolRequest("hidden", Map.of())))
                .isInstanceOf(McpError.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoHangsUpEndsTheRunThatNobodyWaitsForAnyMore(boolean progress) throws IOException {
        int before = MODELS.requests();
        int hangups = MODELS.hangups();
        MODELS.next(new Misbehaviour.Drip(new CountDownLatch(1)));
        String said = "gone with progress " + progress;
        String meta = progress ? ", \"_meta\": {\"progressToken\": 1}" : "";
        byte[] body =
                ("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": \"repeat\","
                                + " \"arguments\": {\"text\": \"" + said + "\", \"times\": 1}" + meta + "}}")
                        .getBytes(StandardCharsets.UTF_8);

        try (Socket socket =
                new Socket(SERVED.address().getHost(), SERVED.address().getPort())) {
            socket.getOutputStream()
                    .write(("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                    + "Accept: application/json, text/event-stream\r\nContent-Length: " + body.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            await().atMost(PATIENCE).until(() -> MODELS.requests() > before);
        }

        Engine engine = SERVED.engine();
        String run = engine.runs(RunQuery.of("default").withWorkflow("repeat").withLimit(200)).runs().stream()
                .map(RunSummary::id)
                .filter(id -> engine.run(id).setup().contains(said))
                .findFirst()
                .orElseThrow();
        await().atMost(PATIENCE).until(() -> engine.result(run).isPresent());
        assertThat(engine.result(run).map(RunResult::stop).map(StopReason::kind))
                .contains(StopReason.Kind.CANCELLED);
        await().atMost(PATIENCE).until(() -> MODELS.hangups() > hangups);
    }

    @Test
    void whatIsNoMessageIsRefused() {
        Map<String, String> headers = Map.of("Accept", "application/json, text/event-stream");
        assertThat(SERVED.ask("POST", "/mcp", "{oops", headers)
                        .body()
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32700);
        assertThat(SERVED.ask(
                                "POST",
                                "/mcp",
                                "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}",
                                headers)
                        .status())
                .isEqualTo(202);
        assertThat(SERVED.ask("POST", "/mcp", "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"nothing\"}", headers)
                        .body()
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32601);
        assertThat(SERVED.ask(
                                "POST",
                                "/mcp",
                                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}",
                                Map.of("MCP-Protocol-Version", "1999-01-01"))
                        .status())
                .isEqualTo(400);
        assertThat(SERVED.get("/mcp").status()).isEqualTo(405);
        assertThat(SERVED.ask("GET", "/mcp", null, Map.of("Origin", "http://evil.example"))
                        .status())
                .isEqualTo(403);
    }
}
