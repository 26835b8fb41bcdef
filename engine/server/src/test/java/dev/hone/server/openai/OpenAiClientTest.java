package dev.hone.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.engine.RunResult;
import dev.hone.engine.work.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenAI's own client for Java, unchanged. */
@Tag("slow")
class OpenAiClientTest {

    private static final OpenAIClient CLIENT =
            OpenAIOkHttpClient.builder().baseUrl(Front.url()).apiKey("none").build();

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    private static ChatCompletionCreateParams.Builder to(String model, String message) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(message);
    }

    private static JsonNode hone(Map<String, JsonValue> more) {
        JsonValue hone = more.get("hone");
        return hone == null ? Json.object() : hone.convert(JsonNode.class);
    }

    @Test
    void theWorkflowsAreListedAsModels() {
        List<Model> models = CLIENT.models().list().data();

        assertThat(models).extracting(Model::id).contains("hone/say", "hone/two", "hone/alphabetize");
        assertThat(models).extracting(Model::id).doesNotContain("hone/asks", "hone/secret");
        Model say = CLIENT.models().retrieve("hone/say");
        assertThat(say.ownedBy()).isEqualTo("tester");
        JsonNode about = hone(say._additionalProperties());
        assertThat(about.path("description").asText()).isEqualTo("Says again what it is told.");
        assertThat(about.at("/inputs/properties/text/type").asText()).isEqualTo("string");
        assertThat(CLIENT.models().retrieve("hone/say@1").id()).isEqualTo("hone/say@1");
    }

    @Test
    void anAnswerSaysWhichRunItIsOfAndWhatThatSpent() {
        String url = Front.url();
        String key = "none";

        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(url) // http://127.0.0.1:8080/v1
                .apiKey(key)
                .build();
        ChatCompletion answer = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("hone/say")
                        .seed(3)
                        .addUserMessage("the tide is low")
                        .build());
        String text = answer.choices().getFirst().message().content().orElseThrow();
        client.close();

        assertThat(text).isEqualTo("the tide is low");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(8);
        JsonNode hone = hone(answer._additionalProperties());
        String run = hone.path("run").asText();
        assertThat(answer.id()).isEqualTo("chatcmpl-" + run);
        assertThat(hone.at("/stop/kind").asText()).isEqualTo("completed");
        assertThat(hone.path("calls").asInt()).isEqualTo(1);
        assertThat(hone.path("cost").decimalValue()).isZero();
        RunResult kept = Front.served().engine().result(run).orElseThrow();
        assertThat(kept.spent().tokens()).isEqualTo(8);
    }

    @Test
    void severalInputsAreAnObjectOrAreGivenByName() {
        assertThat(text(to("hone/two", "{\"subject\": \"the sea\", \"mood\": \"calm\"}")))
                .isEqualTo("the sea is calm");
        ChatCompletionCreateParams byName = ChatCompletionCreateParams.builder()
                .model("hone/two")
                .addUserMessage("the sea")
                .putAdditionalBodyProperty("inputs", JsonValue.from(Map.of("mood", "wild")))
                .build();
        assertThat(text(CLIENT.chat().completions().create(byName))).isEqualTo("the sea is wild");
        assertThat(text(to("hone/two", "the sea")
                        .metadata(ChatCompletionCreateParams.Metadata.builder()
                                .putAdditionalProperty("inputs", JsonValue.from("{\"mood\": \"loud\"}"))
                                .build())))
                .isEqualTo("the sea is loud");
        assertThatThrownBy(() -> text(to("hone/two", "the sea")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("subject, mood");
    }

    @Test
    void aResultThatIsNoTextIsJson() {
        ChatCompletion answer = CLIENT.chat()
                .completions()
                .create(to("hone/count", "[\"a\", \"b\"]").build());

        assertThat(text(answer)).isEqualTo("{\"value\":{\"number\":2}}");
        assertThat(hone(answer._additionalProperties())
                        .at("/value/value/number")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aStreamTellsTheLoopThenTheResultThenWhatItSpent() {
        List<ChatCompletionChunk> chunks;
        try (StreamResponse<ChatCompletionChunk> stream = CLIENT.chat()
                .completions()
                .createStreaming(to("hone/say", "high water at noon")
                        .streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            chunks = stream.stream().toList();
        }

        assertThat(deltas(chunks, true)).contains("[speak] high water at noon");
        assertThat(deltas(chunks, false)).isEqualTo("high water at noon");
        assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isEqualTo(4);
        ChatCompletionChunk end = chunks.get(chunks.size() - 2);
        assertThat(end.choices().getFirst().finishReason()).contains(ChatCompletionChunk.Choice.FinishReason.STOP);
        assertThat(hone(end._additionalProperties()).path("run").asText())
                .isEqualTo(end.id().substring("chatcmpl-".length()));
    }

    private static String deltas(List<ChatCompletionChunk> chunks, boolean reasoning) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .map(ChatCompletionChunk.Choice::delta)
                .map(delta -> reasoning
                        ? delta._additionalProperties()
                                .getOrDefault("reasoning_content", JsonValue.from(""))
                                .convert(String.class)
                        : delta.content().orElse(""))
                .collect(Collectors.joining());
    }

    @Test
    void aRunThatFailsIsAnErrorForWhichTheClientDoesNotPayTwice() {
        Front.MODELS.next(new Misbehaviour.Status(400, Map.of(), "{\"error\":{\"message\":\"no\"}}"));
        int before = Front.MODELS.requests();

        assertThatThrownBy(() -> text(to("hone/say", "x")))
                .isInstanceOfSatisfying(UnprocessableEntityException.class, e -> {
                    assertThat(e.code()).contains("MODEL_FAILED");
                    assertThat(e.type()).contains("run_error");
                    assertThat(e.headers().values("Hone-Run")).hasSize(1);
                });
        assertThat(Front.MODELS.requests()).isEqualTo(before + 1);
    }

    @Test
    void whatIsWrongHasItsPlace() {
        assertThatThrownBy(() -> text(to("hone/say", "x").n(2)))
                .isInstanceOfSatisfying(BadRequestException.class, e -> {
                    assertThat(e.param()).contains("n");
                    assertThat(e.code()).contains("BAD_REQUEST");
                    assertThat(e.type()).contains("invalid_request_error");
                });
        assertThatThrownBy(() -> text(to("gpt-4o", "x")))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.param()).contains("model"));
        assertThatThrownBy(() -> CLIENT.models().retrieve("hone/nothing"))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> assertThat(e.code()).contains("NOT_FOUND"));
    }

    @Test
    void anothersWorkflowIsNotThere() {
        assertThatThrownBy(() -> text(to("hone/secret", "x"))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> CLIENT.models().retrieve("hone/secret")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aWorkflowThatWaitsForAPersonIsRefusedWithTheReason() {
        assertThatThrownBy(() -> text(to("hone/asks", "x")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("may wait for a person at look");
    }

    private static String text(ChatCompletionCreateParams.Builder request) {
        return text(CLIENT.chat().completions().create(request.build()));
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().getFirst().message().content().orElseThrow();
    }
}
