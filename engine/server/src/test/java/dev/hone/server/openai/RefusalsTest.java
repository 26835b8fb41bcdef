package dev.hone.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.server.Served;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever cannot be done below /v1 is said as OpenAI says it. */
@Tag("slow")
class RefusalsTest {

    private static final String CHAT = "/v1/chat/completions";

    private final Served server = Front.served();

    private static Map<String, Object> request(String workflow, Object content) {
        Map<String, Object> request = new HashMap<>();
        request.put("model", "hone/" + workflow);
        request.put("messages", List.of(Map.of("role", "user", "content", content)));
        return request;
    }

    private static void isRefused(Served.Answer answer, int status, String code, String param) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.body().at("/error/code").asText()).isEqualTo(code);
        assertThat(answer.body().at("/error/param").asText("")).isEqualTo(param);
        assertThat(answer.body().at("/error/type").asText()).isNotEmpty();
        assertThat(answer.body().at("/error/message").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "tools              | [{'type': 'function', 'function': {'name': 'f'}}]",
                "tool_choice        | 'required'",
                "n                  | 3",
                "temperature        | 0.3",
                "max_tokens         | 10",
                "max_completion_tokens | 10",
                "top_p              | 0.5",
                "stop               | ['x']",
                "logprobs           | true",
                "logit_bias         | {'1': 2}",
                "response_format    | {'type': 'json_object'}",
                "modalities         | ['text', 'audio']",
                "reasoning_effort   | 'high'",
                "seed               | 1.5",
                "stream             | 'yes'",
                "inputs             | [1]",
                "metadata           | [1]",
            })
    void whatWouldChangeTheAnswerIsRefused(String field, String value) {
        String json = "{\"model\": \"hone/say\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"" + field
                + "\": " + value.replace('\'', '"') + "}";

        isRefused(server.post(CHAT, json), 400, "BAD_REQUEST", field);
    }

    @Test
    void whatChangesNothingPasses() {
        Map<String, Object> request = request("say", "x");
        request.putAll(
                Map.of("temperature", 1, "top_p", 1.0, "n", 1, "presence_penalty", 0, "user", "me", "store", false));
        request.putAll(Map.of(
                "tools", List.of(), "stop", List.of(), "logprobs", false, "response_format", Map.of("type", "text")));
        request.put("max_tokens", null);

        assertThat(server.post(CHAT, request).status()).isEqualTo(200);
    }

    @Test
    void aFieldThatIsNotKnownIsRefused() {
        Map<String, Object> request = request("say", "x");
        request.put("temprature", 1);

        isRefused(server.post(CHAT, request), 400, "UNKNOWN_KEY", "temprature");
    }

    @Test
    void aConversationHasToEndWithTheUser() {
        isRefused(
                server.post(CHAT, Map.of("model", "hone/say", "messages", List.of())), 400, "BAD_REQUEST", "messages");
        isRefused(
                server.post(
                        CHAT,
                        Map.of(
                                "model",
                                "hone/say",
                                "messages",
                                List.of(Map.of("role", "assistant", "content", "I say")))),
                400,
                "BAD_REQUEST",
                "messages");
        isRefused(
                server.post(
                        CHAT, Map.of("model", "hone/say", "messages", List.of(Map.of("role", "tool", "content", "1")))),
                400,
                "BAD_REQUEST",
                "messages[0].role");
    }

    @Test
    void imagesGoToWorkflowsThatTakeThemAndAreNeverFetched() {
        Map<String, Object> text = Map.of("type", "text", "text", "look");
        String png = "iVBORw0KGgo=";
        Map<String, Object> image =
                Map.of("type", "image_url", "image_url", Map.of("url", "data:image/png;base64," + png));
        Map<String, Object> far =
                Map.of("type", "image_url", "image_url", Map.of("url", "http://169.254.169.254/latest"));

        Served.Answer seen = server.post(CHAT, request("see", List.of(text, image)));
        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        assertThat(seen.body().at("/hone/value/value/images/0").asText()).isEqualTo(png);
        assertThat(seen.body().at("/hone/value/value/text").asText()).isEqualTo("look");
        isRefused(server.post(CHAT, request("say", List.of(text, image))), 400, "BAD_REQUEST", "messages[0]");
        isRefused(
                server.post(CHAT, request("see", List.of(text, far))),
                400,
                "BAD_REQUEST",
                "messages[0].content[1].image_url.url");
    }

    @Test
    void earlierTurnsThatAWorkflowDoesNotReadAreNamed() {
        Served.Answer answer = server.post(
                CHAT,
                Map.of(
                        "model",
                        "hone/say",
                        "messages",
                        List.of(
                                Map.of("role", "user", "content", "one"),
                                Map.of("role", "assistant", "content", "two"),
                                Map.of("role", "user", "content", "three"))));

        assertThat(answer.body().at("/choices/0/message/content").asText()).isEqualTo("three");
        assertThat(answer.body().at("/hone/unread").toString()).isEqualTo("[\"messages[0]\",\"messages[1]\"]");
    }

    @Test
    void inputsOfTheWrongTypeAreTheEnginesProblems() {
        isRefused(server.post(CHAT, request("count", "three")), 400, "BAD_REQUEST", "messages[0].content");
        isRefused(server.post(CHAT, request("count", "3")), 422, "INPUT_TYPE", "");
        Map<String, Object> unknown = request("say", "x");
        unknown.put("inputs", Map.of("loudness", 3));
        isRefused(server.post(CHAT, unknown), 422, "INPUT_TYPE", "");
    }

    @Test
    void metadataIsHowTheRunIsFoundAgain() {
        Map<String, Object> request = request("say", "x");
        request.put("metadata", Map.of("ticket", "T-17"));

        Served.Answer answer = server.post(CHAT, request);

        String run = answer.header("Hone-Run");
        assertThat(server.engine().labelled("ticket", "T-17").keySet())
                .anySatisfy(found -> assertThat(found.id()).isEqualTo(run));
        request.put("metadata", Map.of("tenant", "other"));
        isRefused(server.post(CHAT, request), 400, "BAD_REQUEST", "metadata.tenant");
    }

    @Test
    void whatTheFrameworkRefusesIsSaidInTheSameWay() {
        isRefused(server.post(CHAT, "{\"model\": oops}"), 400, "BAD_REQUEST", "");
        isRefused(server.post(CHAT, "[1]"), 400, "BAD_REQUEST", "");
        isRefused(server.get("/v1/nowhere"), 404, "NOT_FOUND", "");
        isRefused(server.get(CHAT), 405, "BAD_REQUEST", "");
        isRefused(server.post(CHAT, request("say", "x".repeat(5 << 20))), 413, "TOO_LARGE", "");
        isRefused(
                server.ask("GET", "/v1/models", null, Map.of("Origin", "http://evil.example")), 403, "NOT_ALLOWED", "");
    }

    @Test
    void elsewhereAProblemStaysAProblemDocument() {
        assertThat(server.get("/api/v1/nowhere").header("Content-Type")).startsWith("application/problem+json");
    }
}
