package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call tells a model before its message. */
@Tag("slow")
class SystemTextTest {

    /** A GIF of one point. */
    private static final String POINT = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

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

    @Test
    void pictures_are_shown_with_the_message() throws Exception {
        try (Engine engine = Engine.open(EngineOptions.at(home))) {
            RunRequest request = RunRequest.of(showing(POINT, POINT));
            RunResult end = engine.await(engine.start(engine.deploy(pictures()), request));
            assertThat(end.best()).isPresent();
            RunRequest wrong = RunRequest.of(showing("no picture"));
            assertThat(engine.await(engine.start(engine.deploy(pictures()), wrong))
                            .stop()
                            .problem()
                            .orElseThrow()
                            .fix())
                    .contains("PNG, JPEG or GIF");
        }
        JsonNode content =
                new ObjectMapper().readTree(server.last().orElseThrow().body()).at("/messages/0/content");
        assertThat(content).hasSize(3);
        assertThat(content.at("/0/text").asText()).isEqualTo("What is it?");
        assertThat(content.at("/2/image_url/url").asText()).isEqualTo("data:image/gif;base64," + POINT);
    }

    private static ObjectNode showing(String... pictures) {
        ObjectNode inputs = new ObjectMapper().createObjectNode();
        List.of(pictures).forEach(inputs.putArray("pictures")::add);
        return inputs;
    }

    private Source pictures() {
        return new Source("pictures.yaml", """
                hone: 1
                name: pictures
                input: {pictures: {type: list, items: text}}
                slots: {poet: {kind: model, init: compatible/echo, baseUrl: "%s"}}
                pools: {poems: {}}
                budget: {calls: 2}
                flow:
                  - call: {role: poet, prompt: "What is it?", images: "= pictures", out: poem, into: poems}
                """.formatted(server.baseUrl()));
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
