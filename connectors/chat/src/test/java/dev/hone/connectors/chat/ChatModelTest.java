package dev.hone.connectors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.ModelSettings.Price;
import dev.hone.connectors.api.Usage;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.connectors.testkit.Refusals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, and what is made of the answer. */
class ChatModelTest {

    private static final ModelRequest TALK = new ModelRequest(
            List.of(
                    new Message(Speaker.SYSTEM, "Be brief."),
                    new Message(Speaker.USER, "Hello?"),
                    new Message(Speaker.ASSISTANT, "Yes?"),
                    new Message(Speaker.USER, "Écoute.")),
            "{\"unsent\": true}",
            Optional.of(0.5),
            20);

    private final OpenAiServer server = OpenAiServer.serving("echo", new EchoModel());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void the_whole_request_arrives() throws Exception {
        ModelReply reply = model().generate(TALK, CallContext.standalone(11));
        JsonNode sent = sent();
        assertThat(sent.path("model").asText()).isEqualTo("echo");
        assertThat(sent.path("messages").findValuesAsText("role"))
                .containsExactly("system", "user", "assistant", "user");
        assertThat(sent.path("messages").findValuesAsText("content"))
                .containsExactly("Be brief.", "Hello?", "Yes?", "Écoute.");
        assertThat(sent.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(sent.path("seed").asLong()).isEqualTo(11);
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(20);
        assertThat(sent.toString()).doesNotContain("unsent").doesNotContain("stream\":true");
        assertThat(server.last().orElseThrow().headers()).doesNotContainKeys("authorization", "upgrade");
        assertThat(reply)
                .isEqualTo(
                        new ModelReply("Écoute.", Finish.STOP, "stop", new Usage(1, 5, 0, 1, 0, 0, 0, 1), "echo-11"));
    }

    @Test
    void openai_bounds_the_reply_by_the_newer_field() throws Exception {
        new ChatProvider.OpenAi().open("echo", server.settings()).generate(TALK, CallContext.standalone(1));
        assertThat(sent().path("max_completion_tokens").asInt()).isEqualTo(20);
        assertThat(sent().has("max_tokens")).isFalse();
    }

    @Test
    void a_temperature_that_is_not_given_is_not_sent() throws Exception {
        model().generate(Calls.HELLO, CallContext.standalone(1));
        assertThat(sent().has("temperature")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2147483647, 2147483647", "2147483648, 2147483648", "-1, 0", "-2, 1"})
    void a_seed_is_sent_as_31_bits(long seed, long sent) {
        assertThat(ChatModel.seed(seed))
                .isEqualTo((int) (sent & Integer.MAX_VALUE))
                .isNotNegative();
    }

    @Test
    void the_key_travels_in_the_header_alone() throws Exception {
        Model model = new ChatProvider.Compatible().open("echo", Calls.withKey(server.baseUrl()));
        model.generate(TALK, CallContext.standalone(1));
        OpenAiServer.Seen seen = server.last().orElseThrow();
        assertThat(seen.headers()).containsEntry("authorization", "Bearer " + Calls.KEY);
        assertThat(seen.body()).doesNotContain(Calls.KEY);
        assertThat(model.toString()).doesNotContain(Calls.KEY).contains("env:HONE_TEST_KEY");
    }

    @Test
    void a_call_is_priced_by_the_slot() throws Exception {
        Price price = new Price(new BigDecimal("2.50"), new BigDecimal("10"));
        Model model = new ChatProvider.Compatible()
                .open("echo", new ModelSettings(Optional.of(server.baseUrl()), Optional.empty(), Optional.of(price)));
        assertThat(model.generate(TALK, CallContext.standalone(1)).usage()).isEqualTo(new Usage(1, 5, 1, 23));
        long input = 256 + 4 * 16 + 9 + 6 + 4 + 8;
        assertThat(model.atMost(TALK)).isEqualTo(new Usage(1, input, 20, price.mostMicroUsd(input, 20, false)));
    }

    @Test
    void cached_tokens_cost_less_and_the_worst_case_counts_on_none() throws Exception {
        Price price = new Price(new BigDecimal("2.50"), new BigDecimal("0.25"), new BigDecimal("10"));
        Model model = new ChatProvider.Compatible()
                .open("echo", new ModelSettings(Optional.of(server.baseUrl()), Optional.empty(), Optional.of(price)));
        server.next(new Misbehaviour.Body(completion("\"yes\"", "stop", """
                {"prompt_tokens": 100, "completion_tokens": 4, "prompt_tokens_details": {"cached_tokens": 80}}""")));
        assertThat(model.generate(TALK, CallContext.standalone(1)).usage())
                .isEqualTo(new Usage(1, 100, 80, 4, 0, 50 + 20 + 40, 0, 0));
        Usage most = model.atMost(TALK);
        assertThat(most.microUsd()).isEqualTo(price.microUsd(most.inputTokens(), 0, 0, 20));
        Price dear = new Price(BigDecimal.ONE, BigDecimal.TWO, BigDecimal.ZERO);
        assertThat(dear.mostMicroUsd(10, 5, false)).isEqualTo(20);
    }

    @Test
    void a_call_without_a_price_is_not_free_but_unpriced() throws Exception {
        assertThat(model().atMost(TALK).unpricedCalls()).isEqualTo(1);
        assertThat(model().generate(TALK, CallContext.standalone(1)).usage().unpricedCalls())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"prompt_tokens\": 9, \"completion_tokens\": 4, \"prompt_tokens_details\": {\"cached_tokens\": 8},"
                        + " \"completion_tokens_details\": {\"reasoning_tokens\": 3}}; 9; 8; 4; 3; 0",
                "{\"prompt_tokens\": 9, \"completion_tokens\": 4, \"prompt_tokens_details\": {\"cached_tokens\": 80},"
                        + " \"completion_tokens_details\": {\"reasoning_tokens\": 30}}; 9; 9; 4; 4; 0",
                "{\"prompt_tokens\": 5000, \"completion_tokens\": 400}; 5000; 0; 400; 0; 0",
                "null; 277; 0; 2; 0; 1",
                "\"lots\"; 277; 0; 2; 0; 1",
                "{\"prompt_tokens\": 9}; 9; 0; 2; 0; 1",
                "{\"prompt_tokens\": 0, \"completion_tokens\": 4}; 277; 0; 4; 0; 1",
                "{\"prompt_tokens\": 0, \"completion_tokens\": 0}; 277; 0; 2; 0; 1",
                "{\"prompt_tokens\": -1, \"completion_tokens\": -1}; 277; 0; 2; 0; 1",
                "{\"prompt_tokens\": 9.5, \"completion_tokens\": \"4\"}; 277; 0; 2; 0; 1",
                "{\"prompt_tokens\": 9223372036854775807, \"completion_tokens\": 1e300}; 277; 0; 2; 0; 1"
            })
    void what_the_server_counts_is_kept_and_a_count_that_cannot_be_is_estimated(
            String usage, long input, long cached, long output, long reasoning, long estimated) throws Exception {
        server.next(new Misbehaviour.Body(completion("\"yes\"", "stop", usage)));
        ModelReply reply = model().generate(Calls.HELLO, CallContext.standalone(1));
        assertThat(reply.text()).isEqualTo("yes");
        assertThat(reply.usage()).isEqualTo(new Usage(1, input, cached, output, reasoning, 0, estimated, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning_content", "reasoning"})
    void thoughts_that_nobody_counted_are_estimated_too(String field) throws Exception {
        String thinking = "\"yes\", \"" + field + "\": \"First of all one two three four five\"";
        server.next(new Misbehaviour.Body(completion(thinking, "stop", "null")));
        assertThat(model().generate(Calls.HELLO, CallContext.standalone(1))
                        .usage()
                        .outputTokens())
                .isBetween(8L, 20L);
    }

    @Test
    void an_estimate_is_never_over_the_worst_case() throws Exception {
        server.next(new Misbehaviour.Body(completion("\"" + "q9 ".repeat(500) + "\"", "length", "null")));
        Usage usage = model().generate(Calls.HELLO, CallContext.standalone(1)).usage();
        assertThat(usage.outputTokens()).isEqualTo(20);
        assertThat(Estimate.of("x".repeat(300_000))).isEqualTo(300_000);
    }

    @ParameterizedTest
    @CsvSource({"stop, STOP", "length, LENGTH", "content_filter, FILTERED", "tool_calls, OTHER", "eos, OTHER"})
    void the_reason_for_ending_is_kept(String said, Finish finish) throws Exception {
        server.next(new Misbehaviour.Body(completion("\"yes\"", said, "null")));
        ModelReply reply = model().generate(Calls.HELLO, CallContext.standalone(1));
        assertThat(reply.finish()).isEqualTo(finish);
        assertThat(reply.finishWord()).isEqualTo(said);
    }

    @Test
    void a_reply_that_thinking_used_up_is_an_empty_text() throws Exception {
        server.next(new Misbehaviour.Body(
                completion("null", "length", "{\"prompt_tokens\": 3, \"completion_tokens\": 20}")));
        ModelReply reply = model().generate(Calls.HELLO, CallContext.standalone(1));
        assertThat(reply)
                .isEqualTo(new ModelReply("", Finish.LENGTH, "length", new Usage(1, 3, 0, 20, 0, 0, 0, 1), "c1"));
    }

    @Test
    void a_refusal_is_a_filtered_reply_that_was_paid() throws Exception {
        server.next(new Misbehaviour.Body(completion("null, \"refusal\": \"I would rather not.\"", "stop", "null")));
        ModelReply reply = model().generate(Calls.HELLO, CallContext.standalone(1));
        assertThat(reply.finish()).isEqualTo(Finish.FILTERED);
        assertThat(reply.text()).isEqualTo("I would rather not.");
        assertThat(reply.rawId()).isEqualTo("c1");
        assertThat(reply.usage()).isEqualTo(new Usage(1, 277, 0, 8, 0, 0, 1, 1));
    }

    @Test
    void a_text_is_kept_to_the_letter() throws Exception {
        server.next(new Misbehaviour.Body(completion("\"  a\\n\\n\\tb \\ud83d\\ude00 \"", "stop", "null")));
        assertThat(model().generate(Calls.HELLO, CallContext.standalone(1)).text())
                .isEqualTo("  a\n\n\tb 😀 ");
    }

    @Test
    void a_blank_message_is_bad_input_and_nothing_is_sent() {
        ModelRequest blank = new ModelRequest(List.of(new Message(Speaker.USER, " \n")), "{}", Optional.empty(), 5);
        ConnectorException e = Refusals.of(Kind.BAD_INPUT, () -> model().generate(blank, CallContext.standalone(1)));
        assertThat(e.what()).isEqualTo("message 1 of 1 is blank");
        assertThat(server.requests()).isZero();
    }

    private Model model() throws ConnectorException {
        return new ChatProvider.Compatible().open("echo", server.settings());
    }

    private JsonNode sent() throws Exception {
        return new ObjectMapper().readTree(server.last().orElseThrow().body());
    }

    private static String completion(String content, String finish, String usage) {
        return """
                {"id": "c1", "object": "chat.completion", "model": "echo", "usage": %s, "choices": [
                  {"index": 0, "finish_reason": "%s", "message": {"role": "assistant", "content": %s}}]}""".formatted(usage, finish, content);
    }
}
