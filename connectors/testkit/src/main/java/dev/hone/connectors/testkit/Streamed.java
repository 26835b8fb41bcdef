package dev.hone.connectors.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ModelReply;
import java.util.List;

/** Replies as server-sent events, a word in each. */
final class Streamed {

    private Streamed() {}

    static String openAi(String model, ModelReply reply) {
        StringBuilder events = new StringBuilder();
        for (String word : words(reply)) {
            ObjectNode event = chunk(model, reply);
            event.withArray("choices")
                    .addObject()
                    .put("index", 0)
                    .putNull("finish_reason")
                    .putObject("delta")
                    .put("content", word);
            event.putNull("usage");
            add(events, event);
        }
        ObjectNode last = chunk(model, reply);
        last.withArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", ChatJson.finish(reply))
                .putObject("delta");
        add(events, last);
        ObjectNode counts = chunk(model, reply);
        counts.putArray("choices");
        counts.putObject("usage")
                .put("prompt_tokens", reply.usage().inputTokens())
                .put("completion_tokens", reply.usage().outputTokens());
        add(events, counts);
        return events.append("data: [DONE]\n\n").toString();
    }

    private static ObjectNode chunk(String model, ModelReply reply) {
        return Dialect.MAPPER
                .createObjectNode()
                .put("id", reply.rawId())
                .put("object", "chat.completion.chunk")
                .put("model", model);
    }

    static String anthropic(String model, ModelReply reply) {
        StringBuilder events = new StringBuilder();
        ObjectNode start = event("message_start");
        ObjectNode message = start.putObject("message")
                .put("id", reply.rawId())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model)
                .putNull("stop_reason");
        message.putArray("content");
        message.putObject("usage")
                .put("input_tokens", reply.usage().inputTokens())
                .put("output_tokens", 1);
        add(events, start);
        ObjectNode block = event("content_block_start").put("index", 0);
        block.putObject("content_block").put("type", "text").put("text", "");
        add(events, block);
        for (String word : words(reply)) {
            ObjectNode delta = event("content_block_delta").put("index", 0);
            delta.putObject("delta").put("type", "text_delta").put("text", word);
            add(events, delta);
        }
        add(events, event("content_block_stop").put("index", 0));
        ObjectNode end = event("message_delta");
        end.putObject("delta").put("stop_reason", Dialect.Anthropic.stopReason(reply));
        end.putObject("usage").put("output_tokens", reply.usage().outputTokens());
        add(events, end);
        add(events, event("message_stop"));
        return events.toString();
    }

    private static ObjectNode event(String type) {
        return Dialect.MAPPER.createObjectNode().put("type", type);
    }

    static String gemini(String model, ModelReply reply) {
        StringBuilder events = new StringBuilder();
        for (String word : words(reply)) {
            ObjectNode event = Dialect.MAPPER
                    .createObjectNode()
                    .put("responseId", reply.rawId())
                    .put("modelVersion", model);
            event.putArray("candidates")
                    .addObject()
                    .putObject("content")
                    .put("role", "model")
                    .putArray("parts")
                    .addObject()
                    .put("text", word);
            add(events, event);
        }
        String last = new Dialect.Gemini().reply(model, withoutText(reply));
        return events.append("data: ").append(last).append("\n\n").toString();
    }

    private static ModelReply withoutText(ModelReply reply) {
        return new ModelReply("", reply.finish(), reply.finishWord(), reply.usage(), reply.rawId());
    }

    private static List<String> words(ModelReply reply) {
        return List.of(reply.text().split("(?<=\\s)"));
    }

    private static void add(StringBuilder events, ObjectNode event) {
        events.append("data: ").append(event).append("\n\n");
    }
}
