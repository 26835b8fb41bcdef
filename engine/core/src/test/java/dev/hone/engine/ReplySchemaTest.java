package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.Usage;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.engine.work.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call's {@code reply} asks for is sent as a JSON Schema to servers that take one. */
@Tag("slow")
class ReplySchemaTest {

    /** Always of the same opinion. */
    private static final class Judge implements Model {

        @Override
        public Usage atMost(ModelRequest request) {
            return new Usage(1, 1_000, request.maxTokens(), 0);
        }

        @Override
        public ModelReply generate(ModelRequest request, CallContext context) {
            return new ModelReply(
                    "{\"good\": true, \"marks\": [3], \"why\": {\"text\": \"it rhymes\"}}",
                    Finish.STOP,
                    new Usage(1, 10, 20, 0),
                    "judge");
        }

        @Override
        public boolean inProcess() {
            return false;
        }
    }

    @Test
    void theServerIsSentTheShapeOfTheReply(@TempDir Path directory) throws Exception {
        try (OpenAiServer server = OpenAiServer.serving("judge", new Judge());
                Engine engine = Engine.open(EngineOptions.at(directory))) {
            RunResult result = engine.await(engine.start(
                    engine.deploy(new Source("judge.yaml", """
                    hone: 1
                    name: judge
                    slots: {judge: {kind: model, init: vllm/judge, baseUrl: "%s", maxTokens: 50}}
                    flow:
                      - call:
                          role: judge
                          prompt: "Roses are red."
                          reply: {good: boolean, marks: {type: list, items: number}, why: {type: object, fields: {text: text}}}
                          out: judged
                    """.formatted(server.baseUrl()))),
                    RunRequest.withoutInputs()));

            assertThat(result.stop().kind()).as(result.stop().text()).isEqualTo(StopReason.Kind.COMPLETED);
            assertThat(result.spent().calls()).isEqualTo(1);
            JsonNode format = Json.read(server.last().orElseThrow().body()).path("response_format");
            assertThat(format.path("type").asText()).isEqualTo("json_schema");
            assertThat(format.at("/json_schema/schema")).isEqualTo(Json.read("""
                    {"type": "object",
                     "properties": {
                       "good": {"type": "boolean"},
                       "marks": {"type": "array", "items": {"type": "number"}},
                       "why": {"type": "object", "properties": {"text": {"type": "string"}},
                               "required": ["text"], "additionalProperties": false}},
                     "required": ["good", "marks", "why"], "additionalProperties": false}
                    """));
        }
    }
}
