package dev.hone.connectors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Image;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.SecretRef;
import dev.hone.connectors.api.Usage;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.connectors.testkit.Refusals;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each provider is sent in its own words, and what is made of its own words. */
class ProtocolsTest {

    private static final ModelRequest TALK = new ModelRequest(
            List.of(new Message(Speaker.SYSTEM, "Be brief."), new Message(Speaker.USER, "Hello there")),
            "{}",
            Optional.of(0.5),
            20);

    private final OpenAiServer server = OpenAiServer.serving("echo", new EchoModel());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anthropic_gets_its_key_its_version_and_no_seed() throws Exception {
        ask(new ChatProvider.Anthropic(), TALK);
        OpenAiServer.Seen seen = seen();
        assertThat(seen.uri()).isEqualTo("/v1/messages");
        assertThat(seen.headers()).containsEntry("x-api-key", Calls.KEY).containsKey("anthropic-version");
        JsonNode sent = json(seen);
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(20);
        assertThat(sent.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(sent.path("system").toString()).contains("Be brief.");
        assertThat(sent.has("seed")).isFalse();
    }

    private static final ModelRequest KEPT = new ModelRequest(
            List.of(
                    new Message(Speaker.SYSTEM, "Be brief.", true, List.of()),
                    new Message(Speaker.USER, "Hello there")),
            "{}",
            Optional.empty(),
            20);

    @Test
    void anthropic_is_asked_to_keep_a_system_text_only_where_that_is_wanted() throws Exception {
        ask(new ChatProvider.Anthropic(), TALK);
        assertThat(seen().body()).doesNotContain("cache_control");
        ask(new ChatProvider.Anthropic(), KEPT);
        assertThat(json(seen()).at("/system/0/cache_control/type").asText()).isEqualTo("ephemeral");
        assertThat(json(seen()).path("messages").toString()).doesNotContain("cache_control");
    }

    @Test
    void openai_gets_the_same_cache_key_for_the_same_system_text_and_others_get_none() throws Exception {
        ask(new ChatProvider.OpenAi(), KEPT);
        String key = json(seen()).path("prompt_cache_key").asText();
        assertThat(key).isNotEmpty().doesNotContain("brief");
        ask(new ChatProvider.Azure(), KEPT);
        assertThat(json(seen()).path("prompt_cache_key").asText()).isEqualTo(key);
        ask(new ChatProvider.OpenAi(), TALK);
        assertThat(json(seen()).has("prompt_cache_key")).isFalse();
        ask(new ChatProvider.Compatible(), KEPT);
        assertThat(json(seen()).has("prompt_cache_key")).isFalse();
    }

    @Test
    void what_is_kept_costs_what_keeping_costs_and_the_worst_case_counts_on_it() throws Exception {
        ModelSettings.Price price = new ModelSettings.Price(
                new BigDecimal("1"), new BigDecimal("0.1"), new BigDecimal("1.25"), new BigDecimal("5"));
        Model model = new ChatProvider.Anthropic()
                .open(
                        "echo",
                        new ModelSettings(
                                Optional.of(server.baseUrl()), Optional.of(Calls.KEY_REF), Optional.of(price)));
        server.next(new Misbehaviour.Body("""
                {"id": "m1", "type": "message", "role": "assistant", "stop_reason": "end_turn",
                 "content": [{"type": "text", "text": "yes"}],
                 "usage": {"input_tokens": 10, "cache_read_input_tokens": 70, "cache_creation_input_tokens": 20,
                           "output_tokens": 4}}"""));
        assertThat(model.generate(KEPT, CallContext.standalone(1)).usage().microUsd())
                .isEqualTo(10 + 7 + 25 + 20);
        Usage most = model.atMost(KEPT);
        assertThat(most.microUsd()).isEqualTo((long) Math.ceil(most.inputTokens() * 1.25 + 100));
        assertThat(model.atMost(TALK).microUsd()).isEqualTo(model.atMost(TALK).inputTokens() + 100);
    }

    @Test
    void gemini_gets_its_key_in_a_header_and_not_in_the_address() throws Exception {
        ask(new ChatProvider.Gemini(), TALK);
        OpenAiServer.Seen seen = seen();
        assertThat(seen.uri()).isEqualTo("/v1/models/echo:generateContent");
        assertThat(seen.headers()).containsEntry("x-goog-api-key", Calls.KEY);
        JsonNode config = json(seen).path("generationConfig");
        assertThat(config.path("maxOutputTokens").asInt()).isEqualTo(20);
        assertThat(config.path("seed").asInt()).isEqualTo(11);
    }

    @Test
    void mistral_gets_its_own_name_of_the_seed() throws Exception {
        ask(new ChatProvider.Mistral(), TALK);
        assertThat(seen().headers()).containsEntry("authorization", "Bearer " + Calls.KEY);
        assertThat(json(seen()).path("random_seed").asInt()).isEqualTo(11);
        assertThat(json(seen()).path("max_tokens").asInt()).isEqualTo(20);
        assertThat(json(seen()).has("seed")).isFalse();
    }

    @Test
    void azure_gets_its_key_in_a_header_of_its_own_and_nowhere_else() throws Exception {
        ask(new ChatProvider.Azure(), TALK);
        assertThat(seen().headers()).containsEntry("api-key", Calls.KEY).doesNotContainKey("authorization");
        assertThat(json(seen()).path("max_completion_tokens").asInt()).isEqualTo(20);
    }

    @Test
    void bedrock_gets_its_key_as_a_bearer_and_the_model_in_the_address() throws Exception {
        ask(new ChatProvider.Bedrock(), KEPT);
        assertThat(seen().uri()).isEqualTo("/v1/model/echo/converse");
        assertThat(seen().headers()).containsEntry("authorization", "Bearer " + Calls.KEY);
        assertThat(json(seen())).isEqualTo(new ObjectMapper().readTree("""
                {"system": [{"text": "Be brief."}, {"cachePoint": {"type": "default"}}],
                 "messages": [{"role": "user", "content": [{"text": "Hello there"}]}],
                 "inferenceConfig": {"maxTokens": 20}}"""));
        Refusals.of(
                Kind.UNKNOWN,
                () -> new ChatProvider.Bedrock()
                        .open("arn:aws:bedrock:eu-west-1:1:inference-profile/a b", Calls.withKey(server.baseUrl()))
                        .generate(TALK, CallContext.standalone(1)));
        assertThat(seen().uri())
                .isEqualTo("/v1/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A1%3Ainference-profile%2Fa%20b/converse");
    }

    @Test
    void what_bedrock_counts_thinks_and_holds_back_is_kept() throws Exception {
        server.next(new Misbehaviour.Status(200, Map.of("x-amzn-RequestId", "r1"), """
                {"output": {"message": {"role": "assistant", "content": [
                   {"reasoningContent": {"reasoningText": {"text": "hm"}}}, {"text": "ye"}, {"text": "s"}]}},
                 "stopReason": "max_tokens",
                 "usage": {"inputTokens": 10, "cacheReadInputTokens": 70, "cacheWriteInputTokens": 20,
                           "outputTokens": 4}}"""));
        assertThat(ask(new ChatProvider.Bedrock(), TALK))
                .isEqualTo(
                        new ModelReply("yes", Finish.LENGTH, "max_tokens", new Usage(1, 100, 70, 4, 0, 0, 0, 1), "r1"));
        server.next(new Misbehaviour.Body("""
                {"output": {"message": {"role": "assistant", "content": [{"text": "Sorry."}]}},
                 "stopReason": "guardrail_intervened", "usage": {"inputTokens": 10, "outputTokens": 0}}"""));
        assertThat(ask(new ChatProvider.Bedrock(), TALK).finish()).isEqualTo(Finish.FILTERED);
    }

    @Test
    void bedrock_is_in_the_region_that_its_variable_names_and_lists_its_models_beside() throws Exception {
        Endpoint.Kind kind = new ChatProvider.Bedrock().kind();
        Endpoint endpoint = Endpoint.of(kind, ModelSettings.DEFAULT, Map.of("AWS_REGION", "eu-west-1"));
        assertThat(endpoint.address()).hasToString("https://bedrock-runtime.eu-west-1.amazonaws.com");
        assertThat(kind.protocol().catalogue(endpoint.address()))
                .isEqualTo("https://bedrock.eu-west-1.amazonaws.com/foundation-models");
        assertThat(new ChatProvider.Bedrock()
                        .list(Calls.withKey(server.baseUrl()), CallContext.standalone(1))
                        .models())
                .containsExactly("echo");
    }

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}},\"required\":[\"a\"],\"additionalProperties\":false}";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "openai; /response_format/json_schema; {\"name\":\"reply\",\"strict\":true,\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}},\"required\":[\"a\"],\"additionalProperties\":false}}",
                "azure; /response_format/json_schema/strict; true",
                "mistral; /response_format/json_schema/schema; {\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}},\"required\":[\"a\"]}",
                "gemini; /generationConfig/responseSchema; {\"type\":\"OBJECT\",\"properties\":{\"a\":{\"type\":\"NUMBER\"}},\"required\":[\"a\"]}"
            })
    void the_shape_of_a_reply_is_sent_where_the_provider_takes_one(String name, String place, String sent)
            throws Exception {
        ask(provider(name), new ModelRequest(TALK.messages(), "{}", Optional.empty(), 20, Optional.of(SCHEMA)));
        assertThat(json(seen()).at(place)).as(json(seen()).toString()).hasToString(sent);
    }

    @ParameterizedTest
    @CsvSource({"openai", "mistral", "gemini"})
    void a_shape_of_which_not_all_is_known_is_asked_for_in_words_alone(String name) throws Exception {
        String loose = SCHEMA.replace("{\"type\":\"number\"}", "{\"type\":\"array\",\"items\":{}}");
        ask(provider(name), new ModelRequest(TALK.messages(), "{}", Optional.empty(), 20, Optional.of(loose)));
        assertThat(seen().body()).doesNotContain("schema", "Schema");
    }

    @ParameterizedTest
    @CsvSource({"compatible", "tgi", "anthropic", "bedrock"})
    void the_shape_of_a_reply_is_not_sent_where_it_might_be_refused(String name) throws Exception {
        ask(provider(name), new ModelRequest(TALK.messages(), "{}", Optional.empty(), 20, Optional.of(SCHEMA)));
        assertThat(json(seen()).toString()).doesNotContain("required");
    }

    @ParameterizedTest
    @CsvSource({"openai", "azure", "compatible", "mistral", "anthropic", "gemini"})
    void a_listener_hears_the_parts_of_the_reply_that_comes_without_one_in_one_piece(String name) throws Exception {
        ModelReply whole = ask(provider(name), TALK);
        assertThat(seen().body()).doesNotContain("\"stream\":true");
        List<String> parts = new ArrayList<>();
        ModelReply streamed = provider(name)
                .open("echo", Calls.withKey(server.baseUrl()))
                .generate(TALK, CallContext.standalone(11).withListener(parts::add));
        assertThat(streamed).isEqualTo(whole);
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(String.join("", parts)).isEqualTo(whole.text());
    }

    @Test
    void a_listener_of_a_server_that_does_not_stream_hears_nothing_and_gets_the_reply() throws Exception {
        server.next(new Misbehaviour.Body("""
                {"choices": [{"message": {"role": "assistant", "content": "yes"}, "finish_reason": "stop"}]}"""));
        List<String> parts = new ArrayList<>();
        ModelReply reply = new ChatProvider.Compatible()
                .open("echo", Calls.withKey(server.baseUrl()))
                .generate(TALK, CallContext.standalone(11).withListener(parts::add));
        assertThat(reply.text()).isEqualTo("yes");
        assertThat(parts).isEmpty();
    }

    @Test
    void an_error_in_the_midst_of_a_stream_is_a_lost_reply_in_the_servers_words() {
        server.next(new Misbehaviour.Body("""
                data: {"choices": [{"delta": {"content": "on"}}]}

                data: {"error": {"message": "out of memory with sk-never-to-be-seen"}}

                """));
        ConnectorException e = Refusals.of(
                Kind.LOST,
                () -> new ChatProvider.Compatible()
                        .open("echo", Calls.withKey(server.baseUrl()))
                        .generate(TALK, CallContext.standalone(11).withListener(part -> {})));
        assertThat(e.what()).endsWith("\"out of memory with ***\"");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, /messages/0/content/1/image_url/url, data:image/png;base64",
        "compatible, /messages/0/content/1/image_url/url, data:image/png;base64",
        "mistral, /messages/0/content/1/image_url, data:image/png;base64",
        "anthropic, /messages/0/content/1/source/media_type, image/png",
        "gemini, /contents/0/parts/1/inlineData/mimeType, image/png",
        "bedrock, /messages/0/content/1/image/format, png"
    })
    void a_picture_is_sent_as_each_provider_takes_it(String name, String place, String begin) throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(600, 10, BufferedImage.TYPE_INT_RGB), "png", png);
        String base64 = Base64.getEncoder().encodeToString(png.toByteArray());
        Image image = Image.of("data:image/png;base64," + base64);
        assertThat(image).isEqualTo(new Image("image/png", base64, 600, 10));
        ModelRequest shown = new ModelRequest(
                List.of(new Message(Speaker.USER, "What is it?", false, List.of(image))), "{}", Optional.empty(), 20);
        ask(provider(name), shown);
        assertThat(json(seen()).at(place).asText()).as(seen().body()).startsWith(begin);
        assertThat(seen().body()).contains(base64);
        Model model = provider(name).open("echo", Calls.withKey(server.baseUrl()));
        assertThat(model.atMost(shown).inputTokens()).isEqualTo(256 + 16 + 11 + 2_833 + 2 * 5_667);
    }

    @ParameterizedTest
    @CsvSource({"no picture", "aGVsbG8=", "%%%", "''"})
    void what_is_no_picture_is_bad_input(String text) {
        assertThat(Refusals.of(Kind.BAD_INPUT, () -> Image.of(text)).fix()).contains("PNG");
    }

    @Test
    void a_picture_that_is_too_wide_is_refused_before_it_is_decoded() throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(5000, 1, BufferedImage.TYPE_BYTE_BINARY), "png", png);
        String base64 = Base64.getEncoder().encodeToString(png.toByteArray());
        assertThat(Refusals.of(Kind.BAD_INPUT, () -> Image.of(base64)).what()).contains("5000 by 1");
    }

    @Test
    void azure_is_where_its_own_variable_says() throws Exception {
        Endpoint.Kind kind = new ChatProvider.Azure().kind();
        Endpoint endpoint = Endpoint.of(
                kind, ModelSettings.DEFAULT, Map.of("AZURE_OPENAI_ENDPOINT", "https://mine.openai.azure.com/"));
        assertThat(endpoint.address()).hasToString("https://mine.openai.azure.com/openai/v1");
        assertThat(endpoint.key()).contains(new SecretRef("env:AZURE_OPENAI_API_KEY"));
        ConnectorException e = Refusals.of(Kind.BAD_INPUT, () -> Endpoint.of(kind, ModelSettings.DEFAULT, Map.of()));
        assertThat(e.fix()).contains("AZURE_OPENAI_ENDPOINT");
    }

    @ParameterizedTest
    @CsvSource({"anthropic, 1.0", "bedrock, 1.0", "mistral, 1.5", "gemini, 2.0"})
    void a_temperature_that_the_provider_does_not_take_is_refused_before_it_is_sent(String name, double hottest) {
        ModelRequest hot = new ModelRequest(TALK.messages(), "{}", Optional.of(hottest + 0.1), 20);
        ConnectorException e = Refusals.of(Kind.BAD_INPUT, () -> ask(provider(name), hot));
        assertThat(e.fix()).endsWith("from 0 to " + hottest);
        assertThat(server.requests()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"anthropic", "bedrock", "mistral", "gemini"})
    void a_hosted_provider_elsewhere_is_not_asked_without_a_key(String name) {
        ConnectorException e = Refusals.of(Kind.DENIED, () -> provider(name).open("echo", server.settings()));
        assertThat(e.fix()).contains("key: env:");
    }

    @Test
    void what_anthropic_read_from_its_cache_is_part_of_what_it_read() throws Exception {
        server.next(new Misbehaviour.Body("""
                {"id": "m1", "type": "message", "role": "assistant", "stop_reason": "end_turn",
                 "content": [{"type": "text", "text": "yes"}],
                 "usage": {"input_tokens": 10, "cache_read_input_tokens": 70, "cache_creation_input_tokens": 20,
                           "output_tokens": 4}}"""));
        ModelReply reply = ask(new ChatProvider.Anthropic(), TALK);
        assertThat(reply)
                .isEqualTo(new ModelReply("yes", Finish.STOP, "end_turn", new Usage(1, 100, 70, 4, 0, 0, 0, 1), "m1"));
    }

    @Test
    void what_gemini_thought_is_part_of_what_it_wrote() throws Exception {
        server.next(new Misbehaviour.Body("""
                {"responseId": "g1", "candidates": [{"finishReason": "STOP",
                   "content": {"role": "model", "parts": [{"text": "yes"}]}}],
                 "usageMetadata": {"promptTokenCount": 50, "cachedContentTokenCount": 30, "candidatesTokenCount": 4,
                                   "thoughtsTokenCount": 16}}"""));
        ModelReply reply = ask(new ChatProvider.Gemini(), TALK);
        assertThat(reply)
                .isEqualTo(new ModelReply("yes", Finish.STOP, "STOP", new Usage(1, 50, 30, 20, 16, 0, 0, 1), "g1"));
    }

    @Test
    void a_reply_that_was_held_back_is_filtered_and_paid() throws Exception {
        server.next(new Misbehaviour.Body("""
                {"responseId": "g1", "promptFeedback": {"blockReason": "SAFETY"},
                 "usageMetadata": {"promptTokenCount": 50}}"""));
        ModelReply gemini = ask(new ChatProvider.Gemini(), TALK);
        assertThat(gemini.finish()).isEqualTo(Finish.FILTERED);
        assertThat(gemini.finishWord()).isEqualTo("SAFETY");
        assertThat(gemini.usage().inputTokens()).isEqualTo(50);
        server.next(new Misbehaviour.Body("""
                {"id": "m1", "type": "message", "role": "assistant", "stop_reason": "refusal", "content": [],
                 "usage": {"input_tokens": 10, "output_tokens": 1}}"""));
        ModelReply anthropic = ask(new ChatProvider.Anthropic(), TALK);
        assertThat(anthropic.finish()).isEqualTo(Finish.FILTERED);
        assertThat(anthropic.usage()).isEqualTo(new Usage(1, 10, 0, 1, 0, 0, 0, 1));
    }

    private ModelReply ask(ModelProvider provider, ModelRequest request) throws ConnectorException {
        return provider.open("echo", Calls.withKey(server.baseUrl())).generate(request, CallContext.standalone(11));
    }

    private static ModelProvider provider(String name) {
        return switch (name) {
            case "anthropic" -> new ChatProvider.Anthropic();
            case "bedrock" -> new ChatProvider.Bedrock();
            case "mistral" -> new ChatProvider.Mistral();
            case "gemini" -> new ChatProvider.Gemini();
            case "openai" -> new ChatProvider.OpenAi();
            case "azure" -> new ChatProvider.Azure();
            case "compatible" -> new ChatProvider.Compatible();
            case "tgi" -> new ChatProvider.Tgi();
            default -> throw new AssertionError(name);
        };
    }

    private OpenAiServer.Seen seen() {
        return server.last().orElseThrow();
    }

    private static JsonNode json(OpenAiServer.Seen seen) throws Exception {
        return new ObjectMapper().readTree(seen.body());
    }
}
