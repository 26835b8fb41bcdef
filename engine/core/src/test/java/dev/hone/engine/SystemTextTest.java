package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call tells a model before its message. */
@Tag("slow")
class SystemTextTest {

    @TempDir
    Path home;

    private final OpenAiServer server = OpenAiServer.serving("echo", new EchoModel());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void it_is_a_template_that_goes_before_the_message_and_stays_when_a_reply_is_asked_for_again() throws Exception {
        server.next(new Misbehaviour.Body("""
                {"choices": [{"message": {"role": "assistant", "content": "no JSON"}, "finish_reason": "stop"}],
                 "usage": {"prompt_tokens": 3, "completion_tokens": 2}}"""));
        try (Engine engine = Engine.open(EngineOptions.at(home))) {
            RunResult end = engine.await(engine.start(engine.deploy(source()), RunRequest.withoutInputs()));
            assertThat(end.spent().calls()).isEqualTo(2);
        }
        JsonNode messages =
                new ObjectMapper().readTree(server.last().orElseThrow().body()).path("messages");
        assertThat(messages).hasSize(2);
        assertThat(messages.path(0).path("role").asText()).isEqualTo("system");
        assertThat(messages.path(0).path("content").asText()).isEqualTo("You like the sea.");
        assertThat(messages.path(1).path("content").asText()).startsWith("Go.").contains("no JSON");
    }

    private Source source() {
        return new Source("system.yaml", """
                hone: 1
                name: system
                slots: {poet: {kind: model, init: compatible/echo, baseUrl: "%s", cache: system}}
                pools: {poems: {}}
                budget: {calls: 2}
                flow:
                  - call:
                      role: poet
                      in: {what: "the sea"}
                      system: "You like {{ what }}."
                      prompt: "Go."
                      reply: {poem: text}
                      out: poem
                      into: poems
                """.formatted(server.baseUrl()));
    }
}
