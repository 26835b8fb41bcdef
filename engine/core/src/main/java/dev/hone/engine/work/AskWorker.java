package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

/**
 * Asks a model: reserves the worst case, calls, and writes the reply, its cost and its meaning in one transaction. What the
 * rules say of it follows from the events alone.
 */
final class AskWorker {

    private final Models models;

    AskWorker(Models models) {
        this.models = models;
    }

    void perform(Site site, Step.Call step) throws StepProblem, ConnectorException, Refusal {
        Run run = site.run();
        Slot.ModelSlot slot = run.program().model(step.role());
        Model model = models.open(slot, Optional.ofNullable(run.modelOverrides().get(slot.name())));
        ObjectNode inputs = site.object(step.in(), run.feedbackFor(site, step));
        ModelRequest request = new ModelRequest(
                List.of(new ModelRequest.Message(ModelRequest.Speaker.USER, text(step, inputs))),
                inputs.toString(),
                slot.temperature(),
                slot.maxTokens());

        ObjectNode body = Json.object();
        step.out().ifPresent(name -> body.put("name", name.name()));
        if (step.parent().isPresent()) {
            // Its name may be the one that the reply takes over.
            body.set("parent", Json.node(site.evaluate(step.parent().get())));
        }

        int attempt = run.reserve(site, model.atMost(request), model.inProcess());
        ModelReply reply;
        try {
            reply = model.generate(request, run.context(site, attempt, site.seed()));
        } catch (ConnectorException e) {
            run.callFailed(site, attempt, e, model.inProcess());
            throw e;
        }
        body.set("value", meaning(step, reply.text()));
        run.called(site, attempt, reply, body);
    }

    private static String text(Step.Call step, ObjectNode inputs) throws StepProblem {
        if (step.prompt().isEmpty()) {
            return inputs.toString();
        }
        return Prompts.render(step.prompt().get(), Json.plainObject(inputs));
    }

    /**
     * A reply that is to be a signal is an object: the JSON object it contains, or its text with the kind {@code no_issue}
     * when it begins with these words and {@code issue} otherwise. Any other reply is its trimmed text.
     */
    private static JsonNode meaning(Step.Call step, String reply) {
        String text = reply.strip();
        if (step.as().isEmpty()) {
            return JsonNodeFactory.instance.textNode(text);
        }
        Optional<JsonNode> object = Json.parse(unfenced(text)).filter(JsonNode::isObject);
        if (object.isPresent()) {
            return object.get();
        }
        boolean content = text.toLowerCase(java.util.Locale.ROOT).startsWith("no issue");
        return Json.object().put("kind", content ? "no_issue" : "issue").put("text", text);
    }

    /** Models like to wrap JSON in a Markdown fence. */
    private static String unfenced(String text) {
        if (!text.startsWith("```")) {
            return text;
        }
        int first = text.indexOf('\n');
        int last = text.lastIndexOf("```");
        return first > 0 && last > first ? text.substring(first + 1, last) : text;
    }
}
