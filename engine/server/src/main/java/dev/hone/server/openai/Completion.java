package dev.hone.server.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.Usage;
import dev.hone.engine.work.Json;
import dev.hone.server.offer.Answer;
import dev.hone.server.offer.Offer;
import java.time.Instant;
import java.util.List;

/**
 * A run in the form of OpenAI's completions, whole or in chunks.
 *
 * @param created when it was asked for
 * @param unread which messages are no part of the run's inputs
 */
record Completion(Offer offer, String run, Instant created, List<String> unread) {

    private static final String ID = "chatcmpl-";
    private static final int FINGERPRINT = 12;

    private ObjectNode head(String object) {
        return Json.object()
                .put("id", ID + run)
                .put("object", object)
                .put("created", created.getEpochSecond())
                .put("model", ModelName.of(offer))
                .put("system_fingerprint", "hone_" + offer.program().hash().substring(0, FINGERPRINT));
    }

    ObjectNode whole(Answer answer) {
        ObjectNode whole = head("chat.completion");
        ObjectNode choice = whole.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", answer.text())
                .putNull("refusal");
        choice.putNull("logprobs").put("finish_reason", finish(answer));
        whole.set("usage", usage(answer.result().spent()));
        whole.set("hone", remarks(answer));
        return whole;
    }

    ObjectNode remarks(Answer answer) {
        ObjectNode remarks = answer.remarks();
        unread.forEach(remarks.withArray("unread")::add);
        return remarks;
    }

    // --- in chunks

    ObjectNode first() {
        return chunk(Json.object().put("role", "assistant").put("content", ""));
    }

    ObjectNode progress(String text) {
        return chunk(Json.object().put("reasoning_content", text));
    }

    ObjectNode content(Answer answer) {
        return chunk(Json.object().put("content", answer.text()));
    }

    ObjectNode end(Answer answer) {
        ObjectNode end = chunk(Json.object());
        ((ObjectNode) end.path("choices").path(0)).put("finish_reason", finish(answer));
        end.set("hone", remarks(answer));
        return end;
    }

    ObjectNode spent(Answer answer) {
        ObjectNode spent = head("chat.completion.chunk");
        spent.putArray("choices");
        spent.set("usage", usage(answer.result().spent()));
        return spent;
    }

    private ObjectNode chunk(ObjectNode delta) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").putNull("finish_reason");
        return chunk;
    }

    private static String finish(Answer answer) {
        return answer.cut() ? "length" : "stop";
    }

    private static ObjectNode usage(Usage spent) {
        ObjectNode usage = Json.object()
                .put("prompt_tokens", spent.inputTokens())
                .put("completion_tokens", spent.outputTokens())
                .put("total_tokens", spent.tokens());
        usage.putObject("prompt_tokens_details").put("cached_tokens", spent.cachedTokens());
        usage.putObject("completion_tokens_details").put("reasoning_tokens", spent.reasoningTokens());
        return usage;
    }
}
