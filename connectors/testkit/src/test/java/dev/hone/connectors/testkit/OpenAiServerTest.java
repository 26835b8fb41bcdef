package dev.hone.connectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server as a client that knows nothing of Hone sees it. */
class OpenAiServerTest {

    private static final String HELLO = """
            {"model": "echo", "max_tokens": 2, "messages": [{"role": "user", "content": "one two three"}]}""";

    private final HttpClient http = HttpClient.newHttpClient();
    private final OpenAiServer server = OpenAiServer.serving("echo", new EchoModel());

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    @Test
    void it_answers_with_the_models_words_its_finish_and_its_usage() throws Exception {
        JsonNode reply = json(post(HELLO));
        assertThat(reply.at("/choices/0/message/content").asText()).isEqualTo("one two");
        assertThat(reply.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(reply.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
        assertThat(reply.at("/usage/completion_tokens").asInt()).isEqualTo(2);
        assertThat(server.requests()).isEqualTo(1);
        assertThat(server.last().orElseThrow().body()).isEqualTo(HELLO);
    }

    @Test
    void it_honours_seed_and_temperature() throws Exception {
        String request = """
                {"model": "echo", "temperature": 1, "seed": %d, "messages": [{"role": "user", "content": "a b c d e f g h"}]}""";
        String first = post(request.formatted(1)).body();
        assertThat(post(request.formatted(1)).body()).isEqualTo(first);
        assertThat(post(request.formatted(2)).body()).isNotEqualTo(first);
    }

    @Test
    void it_lists_its_models() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(server.baseUrl() + "/models")).build(), BodyHandlers.ofString());
        assertThat(json(answer).at("/data/0/id").asText()).isEqualTo("echo");
    }

    @Test
    void what_it_cannot_read_is_a_400_and_what_it_does_not_have_a_404() throws Exception {
        assertThat(post("{").statusCode()).isEqualTo(400);
        assertThat(post("{\"model\": \"echo\"}").statusCode()).isEqualTo(400);
        assertThat(post(HELLO.replace("user", "wizard")).statusCode()).isEqualTo(400);
        assertThat(post(HELLO.replace("2", "0")).statusCode()).isEqualTo(400);
        assertThat(post(HELLO.replace("\"max_tokens\"", "\"stream\": true, \"n\""))
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> unknown = post(HELLO.replace("\"echo\"", "\"nobody\""));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("nobody").contains("there are: echo");
    }

    @Test
    void a_request_that_is_too_long_is_a_413() throws Exception {
        assertThat(post(" ".repeat(OpenAiServer.MAX_REQUEST_BYTES + 1)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void it_misbehaves_once_for_each_order_and_then_behaves() throws Exception {
        server.next(new Misbehaviour.Status(429, Map.of("Retry-After", "3"), "{}"));
        server.next(new Misbehaviour.Body("not json"));
        server.next(new Misbehaviour.Hangup());
        HttpResponse<String> busy = post(HELLO);
        assertThat(busy.statusCode()).isEqualTo(429);
        assertThat(busy.headers().firstValue("Retry-After")).contains("3");
        assertThat(post(HELLO).body()).isEqualTo("not json");
        assertThatThrownBy(() -> post(HELLO)).isInstanceOf(IOException.class);
        assertThat(post(HELLO).statusCode()).isEqualTo(200);
        assertThat(server.requests()).isEqualTo(4);
    }

    @Test
    void it_holds_an_answer_until_the_gate_opens() throws Exception {
        for (boolean drip : new boolean[] {false, true}) {
            CountDownLatch gate = new CountDownLatch(1);
            server.next(drip ? new Misbehaviour.Drip(gate) : new Misbehaviour.Hold(gate));
            CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request(HELLO), BodyHandlers.ofString());
            assertThat(answer).isNotDone();
            gate.countDown();
            HttpResponse<String> got = answer.get(10, TimeUnit.SECONDS);
            assertThat(json(got).at("/choices/0/message/content").asText()).isEqualTo("one two");
        }
    }

    private HttpResponse<String> post(String body) throws Exception {
        return http.send(request(body), BodyHandlers.ofString());
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
