package dev.hone.connectors.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpToolTest extends ConnectorContract<HttpTool.Input, HttpTool.Output> {

    /** Of a request: its method and address as they came over the wire, its headers and its body. */
    private record Seen(String line, Map<String, List<String>> headers, String body) {
        List<String> header(String name) {
            return headers.getOrDefault(name, List.of());
        }
    }

    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private HttpServer elsewhere;

    @BeforeAll
    void listen() throws IOException {
        server = start();
        elsewhere = start();
    }

    @AfterAll
    void close() {
        server.stop(0);
        elsewhere.stop(0);
    }

    @BeforeEach
    void forget() {
        seen.clear();
    }

    private HttpServer start() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.createContext("/", this::answer);
        started.start();
        return started;
    }

    private String url(HttpServer of) {
        return "http://127.0.0.1:" + of.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            seen.add(new Seen(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            switch (path) {
                case "/v1/json" -> reply(exchange, 200, "application/json", "{\"n\": 1.5, \"list\": [true, null]}");
                case "/v1/text" -> reply(exchange, 200, "text/plain; charset=iso-8859-1", "caf\u00e9");
                case "/v1/none" -> exchange.sendResponseHeaders(204, -1);
                case "/v1/picture" -> reply(exchange, 200, "image/png", "\u00ff\u00fe");
                case "/v1/large" -> reply(exchange, 200, "text/plain", "x".repeat(3_000));
                case "/v1/key" -> reply(exchange, 400, "text/plain", "you sent sk-never-to-be-seen");
                case "/v1/on" -> lead(exchange, "/v1/json");
                case "/v1/round" -> lead(exchange, "/v1/round");
                case "/v1/out" -> lead(exchange, "/private");
                case "/v1/up" -> lead(exchange, "/v1/%2e%2e/private");
                case "/v1/away" -> lead(exchange, url(elsewhere) + "/v1/json");
                case "/v1/odd" -> lead(exchange, "file:///etc/passwd");
                default -> reply(exchange, 200, "text/plain", path);
            }
        }
    }

    private static void lead(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void reply(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** The site {@code s}, with these settings beside its url. */
    private HttpTool site(String more) {
        return new HttpTool(Map.of(
                "HONE_HTTP_S", "{\"url\": \"" + url(server) + "/v1\", \"allowPrivate\": true" + more + "}")::get);
    }

    @Override
    protected Connector<HttpTool.Input, HttpTool.Output> connector() {
        return site("");
    }

    private static HttpTool.Input get(String path) {
        return get(path, Map.of());
    }

    private static HttpTool.Input get(String path, Map<String, String> query) {
        return new HttpTool.Input("s", path, Optional.empty(), Optional.of(query), Optional.empty(), Optional.empty());
    }

    private static HttpTool.Input send(String method, String path, Object json) {
        return new HttpTool.Input(
                "s", path, Optional.of(method), Optional.empty(), Optional.of(json), Optional.empty());
    }

    @Override
    protected List<Example<HttpTool.Input, HttpTool.Output>> examples() {
        return List.of(
                new Example<>(get("/text"), new HttpTool.Output(200, "text/plain", "caf\u00e9", Optional.empty())),
                new Example<>(get("/none"), new HttpTool.Output(204, "", "", Optional.empty())));
    }

    @Override
    protected Map<String, HttpTool.Input> badInputs() {
        return Map.of(
                "no slash", get("json"),
                "up", get("/../private"),
                "up in the middle", get("/a/../../private"),
                "round", get("/./json"),
                "too long", get("/" + "a".repeat(9_000)),
                "a body that GET does not have", send("GET", "/json", 1));
    }

    @Test
    void json_is_read_as_such() throws ConnectorException {
        HttpTool.Output output = connector().run(get("/json"), CallContext.standalone(1));
        assertThat(output.json().orElseThrow().toString()).isEqualTo("{n=1.5, list=[true, null]}");
    }

    @Test
    void no_character_of_a_path_or_query_means_anything_but_itself() throws ConnectorException {
        connector().run(get("/a b?c#d%2e%2e/..x\\/\u00e9", Map.of("q", "1&r=2")), CallContext.standalone(1));
        assertThat(seen.element().line()).isEqualTo("GET /v1/a%20b%3Fc%23d%252e%252e/..x%5C/%C3%A9?q=1%26r%3D2");
    }

    @Test
    void what_is_sent_is_marked_so_that_the_server_knows_it_again() throws ConnectorException {
        HttpTool site = site(", \"methods\": [\"POST\"], \"headers\": {\"X-Version\": \"2\"}");
        site.run(send("POST", "/things", Map.of("a", 1)), CallContext.standalone(1));
        site.run(send("POST", "/things", Map.of("a", 1)), CallContext.standalone(2));
        assertThat(seen).hasSize(2).allMatch(request -> request.body().equals("{\"a\":1}"));
        assertThat(seen).allMatch(request -> request.header("X-version").equals(List.of("2")));
        assertThat(seen.stream().map(request -> request.header("Idempotency-key")))
                .doesNotContain(List.of())
                .containsOnly(seen.element().header("Idempotency-key"));
    }

    @Test
    void a_method_that_the_operator_does_not_name_is_denied() {
        ConnectorException denied =
                Refusals.of(Kind.DENIED, () -> connector().run(send("DELETE", "/x", 1), CallContext.standalone(1)));
        assertThat(denied.what()).contains("HONE_HTTP_S", "DELETE");
        assertThat(seen).isEmpty();
    }

    @Test
    void an_answer_that_is_too_large_or_no_text_is_broken() {
        HttpTool site = site(", \"kibibytes\": 2");
        Refusals.of(Kind.BROKEN, () -> site.run(get("/large"), CallContext.standalone(1)));
        Refusals.of(Kind.BROKEN, () -> site.run(get("/picture"), CallContext.standalone(1)));
    }

    @Test
    void a_redirect_is_followed_where_it_stays_below_the_url() throws ConnectorException {
        assertThat(connector().run(get("/on"), CallContext.standalone(1)).json())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/round", "/out", "/up", "/away", "/odd"})
    void a_redirect_to_anywhere_else_is_refused(String path) {
        Refusals.of(Kind.BROKEN, () -> connector().run(get(path), CallContext.standalone(1)));
        assertThat(seen)
                .noneMatch(request ->
                        request.line().contains("private") || request.line().contains("json"));
    }

    @Test
    void a_redirect_that_the_operator_allows_is_followed_without_the_key() throws ConnectorException {
        site(", \"key\": \"env:HONE_TEST_KEY\", \"redirects\": [\"" + url(elsewhere) + "/v1\"]")
                .run(get("/away"), CallContext.standalone(1));
        assertThat(seen.stream().map(request -> request.headers().containsKey("Authorization")))
                .containsExactly(true, false);
    }

    @Test
    void the_key_is_sent_as_the_operator_says_and_shown_to_nobody() {
        ConnectorException e = Refusals.of(
                Kind.BAD_INPUT,
                () -> site(", \"key\": \"env:HONE_TEST_KEY\", \"keyHeader\": \"X-Api-Key\"")
                        .run(get("/key"), CallContext.standalone(1)));
        assertThat(seen.element().header("X-api-key")).containsExactly("sk-never-to-be-seen");
        assertThat(e.what()).contains("***").doesNotContain("never-to-be-seen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1",
                "http://localhost",
                "http://[::1]",
                "http://[::ffff:127.0.0.1]",
                "http://2130706433",
                "http://0.0.0.0"
            })
    void a_site_on_this_machine_is_denied_unless_the_operator_says_otherwise(String host) {
        HttpTool tool = new HttpTool(Map.of(
                "HONE_HTTP_S", "{\"url\": \"" + host + ":" + server.getAddress().getPort() + "\"}")::get);
        Refusals.of(Kind.DENIED, () -> tool.run(get("/v1/json"), CallContext.standalone(1)));
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\": \"ftp://example.org\"}",
                "{\"url\": \"https://u:p@example.org\"}",
                "{\"url\": \"http://example.org\", \"key\": \"env:HONE_TEST_KEY\"}",
                "{\"url\": \"https://example.org\", \"key\": \"sk-literal\"}",
                "{\"url\": \"https://example.org\", \"methods\": [\"TRACE\"]}",
                "{\"url\": \"https://example.org\", \"headers\": {\"A\": \"b\\r\\nC: d\"}}",
                "{\"url\": \"https://example.org\", \"kibibytes\": 0}"
            })
    void a_site_that_cannot_be_used_is_the_operators_to_correct(String setting) {
        HttpTool tool = new HttpTool(Map.of("HONE_HTTP_S", setting)::get);
        ConnectorException e = Refusals.of(Kind.BROKEN, () -> tool.run(get("/"), CallContext.standalone(1)));
        assertThat(e.what()).contains("HONE_HTTP_S").doesNotContain("sk-literal");
    }
}
