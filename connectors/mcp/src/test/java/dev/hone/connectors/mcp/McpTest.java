package dev.hone.connectors.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpTest extends ConnectorContract<Mcp.Input, Mcp.Output> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConcurrentLinkedQueue<String> keys = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    @BeforeAll
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/mcp", this::answer);
        server.createContext("/closed", exchange -> status(exchange, 401));
        server.createContext("/html", exchange -> {
            byte[] body = "<html>It works!</html>".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    void close() {
        server.stop(0);
    }

    private static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            status(exchange, 405);
            return;
        }
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Optional<JsonNode> answer = ToolServer.answer(JSON.readTree(exchange.getRequestBody()));
        if (answer.isEmpty()) {
            status(exchange, 202);
            return;
        }
        byte[] body = JSON.writeValueAsBytes(answer.get());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Mcp http(String path, String more) {
        return new Mcp(Map.of(
                "HONE_MCP_S",
                "{\"url\": \"http://127.0.0.1:" + server.getAddress().getPort() + path + "\"" + more + "}")::get);
    }

    private static Mcp process(Map<String, Object> more) {
        try {
            Map<String, Object> setting = new java.util.HashMap<>(more);
            setting.put(
                    "command",
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ToolServer.class.getName()));
            String text = JSON.writeValueAsString(setting);
            return new Mcp(name -> name.equals("HONE_MCP_S") ? text : System.getenv(name));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Connector<Mcp.Input, Mcp.Output> connector() {
        return http("/mcp", "");
    }

    private static Mcp.Input call(String tool) {
        return new Mcp.Input("s", tool, Optional.of(Map.of("a", 2, "b", 3)));
    }

    private static final Mcp.Output FIVE =
            new Mcp.Output(false, "the sum is 5", Optional.of(Map.of("sum", 5)), List.of());

    @Override
    protected List<Example<Mcp.Input, Mcp.Output>> examples() {
        return List.of(new Example<>(call("add"), FIVE));
    }

    @Override
    protected Map<String, Mcp.Input> badInputs() {
        return Map.of("no such tool", call("sing"), "no name", new Mcp.Input("S", "add", Optional.empty()));
    }

    @Test
    void a_server_that_is_a_program_is_started_for_the_call() throws ConnectorException {
        assertThat(process(Map.of()).run(call("add"), CallContext.standalone(1)))
                .isEqualTo(FIVE);
    }

    @Test
    void a_program_is_given_no_variable_that_the_operator_does_not_name() throws ConnectorException {
        assertThat(process(Map.of())
                        .run(call("environment"), CallContext.standalone(1))
                        .text())
                .doesNotContain("HONE_TEST_KEY");
        assertThat(process(Map.of("environment", List.of("HONE_TEST_KEY")))
                        .run(call("environment"), CallContext.standalone(1))
                        .text())
                .contains("HONE_TEST_KEY");
    }

    @Test
    void a_tool_that_fails_says_why_and_one_that_draws_is_named() throws ConnectorException {
        assertThat(connector().run(call("fail"), CallContext.standalone(1)))
                .isEqualTo(new Mcp.Output(true, "no water in the kettle", Optional.empty(), List.of()));
        assertThat(connector().run(call("draw"), CallContext.standalone(1)).others())
                .containsExactly("image");
    }

    @Test
    void a_tool_that_the_operator_does_not_name_is_denied() throws ConnectorException {
        Mcp adding = http("/mcp", ", \"tools\": [\"add\"]");
        assertThat(adding.run(call("add"), CallContext.standalone(1))).isEqualTo(FIVE);
        Refusals.of(Kind.DENIED, () -> adding.run(call("draw"), CallContext.standalone(1)));
    }

    @Test
    void the_key_is_sent_and_shown_to_nobody() throws ConnectorException {
        Mcp keyed = http("/mcp", ", \"key\": \"env:HONE_TEST_KEY\"");
        keyed.run(call("add"), CallContext.standalone(1));
        assertThat(keys).contains("Bearer sk-never-to-be-seen");
        ConnectorException e = Refusals.of(Kind.BROKEN, () -> keyed.run(call("secret"), CallContext.standalone(1)));
        assertThat(e.what()).contains("***").doesNotContain("never-to-be-seen");
    }

    @Test
    void what_is_not_there_or_no_such_server_is_told_apart() {
        assertThat(Refusals.of(Kind.DENIED, () -> http("/closed", "").run(call("add"), CallContext.standalone(1)))
                        .what())
                .contains("HONE_MCP_S");
        Refusals.of(Kind.BROKEN, () -> http("/html", "").run(call("add"), soon(new Cancellation())));
        Refusals.of(
                Kind.UNREACHABLE,
                () -> new Mcp(name -> "{\"url\": \"http://127.0.0.1:1/mcp\"}")
                        .run(call("add"), CallContext.standalone(1)));
        Refusals.of(
                Kind.UNREACHABLE,
                () -> new Mcp(name -> "{\"command\": [\"/no/such/program\"]}")
                        .run(call("add"), CallContext.standalone(1)));
    }

    private static CallContext soon(Cancellation run) {
        return new CallContext("r", "s", "", 1, 1, Duration.ofSeconds(5), run);
    }

    @Test
    void a_server_that_never_answers_is_left_and_ended() {
        Refusals.of(Kind.TIMEOUT, () -> process(Map.of()).run(call("wait"), soon(new Cancellation())));
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .noneMatch(child -> child.info().commandLine().orElse("").contains(ToolServer.class.getName()));
    }

    @Test
    void a_program_that_ends_before_it_has_answered_is_lost() {
        Refusals.of(Kind.LOST, () -> process(Map.of()).run(call("die"), CallContext.standalone(1)));
    }

    @Test
    void what_the_operator_names_is_looked_at() {
        for (String setting : List.of(
                "{}", "{\"command\": []}", "{\"command\": [\"a\"], \"url\": \"https://b\"}", "{\"url\": \"b\"}")) {
            Refusals.of(Kind.BROKEN, () -> new Mcp(name -> setting).run(call("add"), CallContext.standalone(1)));
        }
    }
}
