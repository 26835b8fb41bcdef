package dev.hone.connectors.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.chat.Endpoint.OutputLimit;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.connectors.testkit.Refusals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each failure of an endpoint looks like to the engine and to the reader. */
class ChatErrorsTest {

    private final OpenAiServer server = OpenAiServer.serving("echo", new EchoModel());

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, BAD_INPUT", "401, DENIED", "402, DENIED", "403, DENIED", "404, UNKNOWN", "405, BAD_INPUT",
        "408, BUSY", "413, BAD_INPUT", "422, BAD_INPUT", "429, BUSY", "500, BUSY", "501, BROKEN",
        "502, BUSY", "503, BUSY", "504, BUSY", "529, BUSY", "307, BROKEN"
    })
    void a_status_has_one_meaning_and_is_tried_once(int status, Kind kind) {
        server.next(Misbehaviour.Status.error(status, "the server's reason"));
        ConnectorException e = Refusals.of(kind, this::call);
        assertThat(e.what()).contains(server.baseUrl().toString(), String.valueOf(status), "the server's reason");
        assertThat(server.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.; vLLM",
                "the request exceeds the available context size, try increasing it; llama.cpp",
                "Prompt is too long: 210000 tokens > 200000 maximum; a remote API"
            })
    void a_prompt_over_the_context_is_bad_input_with_its_own_advice(String said, String who) {
        server.next(Misbehaviour.Status.error(400, said));
        assertThat(Refusals.of(Kind.BAD_INPUT, this::call).fix()).as(who).contains("longer context");
    }

    @Test
    void an_exhausted_quota_is_not_tried_again() {
        server.next(new Misbehaviour.Status(
                429,
                Map.of(),
                "{\"error\": {\"message\": \"You exceeded your quota\", \"code\": \"insufficient_quota\"}}"));
        assertThat(Refusals.of(Kind.DENIED, this::call).fix()).contains("quota");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"error\": \"model 'x' not found\"}; model 'x' not found",
                "{\"detail\": \"Not Found\"}; Not Found",
                "{\"object\": \"error\", \"message\": \"no such model\"}; no such model",
                "<html>nginx</html>; <html>nginx</html>",
                "''; answered 404: it has no model"
            })
    void the_servers_words_are_found_wherever_it_puts_them(String body, String words) {
        server.next(new Misbehaviour.Status(404, Map.of(), body));
        ConnectorException e = Refusals.of(Kind.UNKNOWN, this::call);
        assertThat(e.what()).contains(words).contains("no model 'echo'");
        assertThat(e.fix()).contains(server.baseUrl() + "/models").contains("/v1");
    }

    @Test
    void retry_after_is_passed_on_in_seconds() {
        server.next(new Misbehaviour.Status(429, Map.of("Retry-After", "7"), "{}"));
        assertThat(Refusals.of(Kind.BUSY, this::call).retryAfter()).contains(Duration.ofSeconds(7));
        server.next(new Misbehaviour.Status(503, Map.of(), "{}"));
        assertThat(Refusals.of(Kind.BUSY, this::call).retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json",
                "{}",
                "[]",
                "{\"choices\": []}",
                "{\"choices\": [{}]}",
                "{\"choices\": 3}",
                "{\"choices\": [{\"message\": {\"content\": \"cut o",
                "''"
            })
    void an_answer_that_is_no_completion_is_broken(String body) {
        server.next(new Misbehaviour.Body(body));
        ConnectorException e = Refusals.of(Kind.BROKEN, this::call);
        assertThat(e.what()).startsWith(server.baseUrl() + " answered, but not with a chat completion");
        assertThat(e.what()).contains(body);
    }

    @Test
    void an_error_inside_a_200_is_shown() {
        server.next(new Misbehaviour.Body("{\"error\": {\"message\": \"upstream gave up\", \"code\": 502}}"));
        assertThat(Refusals.of(Kind.BROKEN, this::call).what()).endsWith(": \"upstream gave up\"");
    }

    @Test
    void an_endless_answer_is_cut_off() {
        server.next(new Misbehaviour.Body("x".repeat(Exchange.MAX_ANSWER_BYTES + 1)));
        assertThat(Refusals.of(Kind.BROKEN, this::call).what()).contains("more than 8388608 bytes");
    }

    @Test
    void a_dead_endpoint_names_its_address_and_how_to_start_it() {
        URI dead = server.baseUrl();
        server.close();
        ConnectorException e = Refusals.of(
                Kind.UNREACHABLE,
                () -> new ChatProvider.Ollama()
                        .open("llama3.2", Calls.at(dead))
                        .generate(Calls.HELLO, CallContext.standalone(1)));
        assertThat(e.what()).isEqualTo("nothing listens at " + dead);
        assertThat(e.fix())
                .isEqualTo("start the server (ollama serve) or change baseUrl, in the slot or in HONE_OLLAMA_BASE_URL");
    }

    @Test
    void a_name_that_does_not_resolve_is_unreachable() throws ConnectorException {
        Endpoint nowhere = Endpoint.of(
                new Endpoint.Kind(
                        "compatible", Optional.empty(), Optional.empty(), Optional.empty(), OutputLimit.MAX_TOKENS),
                Calls.at(URI.create("http://gpu-bx:8000/v1")),
                Map.of());
        ConnectorException e = new HttpErrors(nowhere, "m", Optional.empty())
                .noAnswer(new ConnectException().initCause(new UnresolvedAddressException()));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e.what()).isEqualTo("the host name in http://gpu-bx:8000/v1 is not known");
    }

    @Test
    void https_to_a_server_that_speaks_http_says_so() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket client = plain.accept()) {
                    client.getInputStream().read();
                    client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException leftInHaste) {
                    // the client may reset the connection once it has seen that this is no TLS
                }
            });
            URI wrong = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/v1");
            ConnectorException e = Refusals.of(
                    Kind.BROKEN,
                    () -> new ChatProvider.Compatible()
                            .open("echo", Calls.at(wrong))
                            .generate(Calls.HELLO, CallContext.standalone(1)));
            assertThat(e.fix()).contains("http or https");
        }
    }

    @Test
    void a_connection_that_breaks_off_is_a_lost_call() {
        server.next(new Misbehaviour.Hangup());
        assertThat(Refusals.of(Kind.LOST, this::call).what())
                .isEqualTo(server.baseUrl() + " closed the connection before it had answered");
    }

    @Test
    void a_refused_key_is_named_and_never_shown() {
        for (int status : new int[] {400, 401, 404, 429, 500, 307}) {
            String echo = "Incorrect API key: " + " ".repeat(10) + "x".repeat(270) + Calls.KEY;
            server.next(new Misbehaviour.Status(status, Map.of("Location", "http://x/" + Calls.KEY), echo));
            Throwable e = catchThrowable(() -> new ChatProvider.Compatible()
                    .open("echo", Calls.withKey(server.baseUrl()))
                    .generate(Calls.HELLO, CallContext.standalone(1)));
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).contains(String.valueOf(status)).doesNotContain("sk-never");
        }
        server.next(Misbehaviour.Status.error(401, "wrong key " + Calls.KEY));
        ConnectorException e = Refusals.of(
                Kind.DENIED,
                () -> new ChatProvider.Compatible()
                        .open("echo", Calls.withKey(server.baseUrl()))
                        .generate(Calls.HELLO, CallContext.standalone(1)));
        assertThat(e.what())
                .isEqualTo(server.baseUrl() + " refused the key of env:HONE_TEST_KEY (401): \"wrong key ***\"");
        assertThat(e.fix()).contains("HONE_TEST_KEY");
    }

    @Test
    void a_key_that_was_not_given_is_asked_for() {
        server.next(Misbehaviour.Status.error(401, "who are you?"));
        ConnectorException e = Refusals.of(Kind.DENIED, this::call);
        assertThat(e.what()).contains("wants a key (401) and none was sent");
        assertThat(e.fix()).contains("env:");
    }

    private Object call() throws ConnectorException {
        return new ChatProvider.Compatible()
                .open("echo", server.settings())
                .generate(Calls.HELLO, CallContext.standalone(1));
    }
}
