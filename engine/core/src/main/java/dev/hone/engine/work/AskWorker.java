package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Image;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.Usage;
import dev.hone.dsl.Expression;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Type;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model: reserves the worst case, calls, and writes the reply, its cost and its meaning in one transaction. What the
 * rules say of it follows from the events alone.
 */
final class AskWorker {

    private static final int TRIES_TO_FIT = 2;
    private static final int MOST_IMAGES = 16;

    private final Models models;
    private final Live live;

    AskWorker(Models models, Live live) {
        this.models = models;
        this.live = live;
    }

    void perform(Site site, Step.Call step) throws StepProblem, ConnectorException, Refusal {
        site.run().begin(site);
        Slot.ModelSlot slot = slot(site, step.role());
        ObjectNode inputs = site.object(step.in(), site.run().feedbackFor(site));
        ObjectNode body = Pools.body(site, step);
        List<Message> messages = messages(site, step, slot, inputs);
        site.run().begun(site);
        if (step.reply().isPresent()) {
            shaped(site, step, slot, messages, step.reply().get(), inputs, body);
            return;
        }
        Bought bought = buy(site, slot, messages, inputs, Optional.empty());
        body.set("value", meaning(step, bought.reply().text()));
        Signals.describe(site, step, body);
        site.run().called(site, bought, body);
    }

    /** A reply that has to be an object. One that is not was paid for, too; it is shown to the model, which has one more try. */
    private void shaped(
            Site site,
            Step.Call step,
            Slot.ModelSlot slot,
            List<Message> messages,
            Type.Fields type,
            ObjectNode inputs,
            ObjectNode body)
            throws StepProblem, ConnectorException, Refusal {
        Run run = site.run();
        for (; ; ) {
            List<JsonNode> misfits = run.read(state -> state.misfits(site.element(), site.iteration()));
            if (misfits.size() >= TRIES_TO_FIT) {
                throw StepProblem.at(
                        step.where(),
                        ProblemCode.MODEL_FAILED,
                        "the reply of " + slot.name() + " is not what the call asks for: "
                                + misfits.getLast().path("what").asText() + ".",
                        "Use a model that can write JSON, or ask for less.");
            }
            Bought bought = buy(site, slot, asking(messages, type, misfits), inputs, Optional.of(Replies.schema(type)));
            String text = unfenced(bought.reply().text().strip());
            Optional<String> wrong = Replies.misfit(type, text);
            if (wrong.isEmpty()) {
                body.set("value", Json.parse(text).orElseThrow());
                Signals.describe(site, step, body);
                run.called(site, bought, body);
                return;
            }
            run.misfit(site, bought, wrong.get());
        }
    }

    /** Lets a model answer in the place of a person, as {@code {..., by: surrogate, seconds}}. */
    void surrogate(Site site, Workflow.Name role, ObjectNode question, double seconds, ObjectNode body)
            throws StepProblem, ConnectorException, Refusal {
        site.run().begin(site);
        Slot.ModelSlot slot = site.run().program().model(role);
        site.run().begun(site);
        Bought bought = buy(site, slot, List.of(user(question.toString(), List.of())), question, Optional.empty());
        String text = bought.reply().text().strip();
        ObjectNode value = Json.parse(unfenced(text))
                .filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .orElseGet(() -> Json.object().put("text", text));
        body.set("value", value.put("by", "surrogate").put("seconds", seconds));
        site.run().called(site, bought, body);
    }

    /** Asks the slot's model, and when it cannot answer the ones that stand by, each as a try of its own. */
    private Bought buy(
            Site site, Slot.ModelSlot slot, List<Message> messages, ObjectNode inputs, Optional<String> schema)
            throws StepProblem, ConnectorException, Refusal {
        Run run = site.run();
        ModelRequest request =
                new ModelRequest(messages, inputs.toString(), slot.temperature(), slot.maxTokens(), schema);
        Optional<ModelVersion> override = run.modelOf(slot);
        if (run.replay().isPresent()) {
            String asked = Cassette.request(request, override.flatMap(ModelVersion::adapter));
            Cassette.Reply reply = run.replay().get().cassette().reply(site, asked);
            run.purse().reserveRecorded(site, reply);
            return new Bought(reply.model(), reply.reply(), reply.attempt(), asked);
        }
        List<ModelVersion> versions = Models.versions(slot, override);
        for (int turn = Math.min(run.read(state -> state.fallbacks(site)), versions.size() - 1); ; turn++) {
            try {
                return buy(site, slot, versions.get(turn), override, request);
            } catch (ConnectorException e) {
                boolean last = turn == versions.size() - 1 || e.kind() == ConnectorException.Kind.CANCELLED;
                if (last || comesAgain(site, e)) {
                    throw e;
                }
                run.failed(site, e, Optional.of(versions.get(turn + 1).model()));
            }
        }
    }

    /** Whether the same model is worth another try while others stand by. */
    private static boolean comesAgain(Site site, ConnectorException e) {
        int tries = 1 + site.run().read(state -> state.tries(site));
        return Retries.pause(e, tries, Retries.PATIENCE_WITH_FALLBACK, new SplittableRandom())
                .isPresent();
    }

    /** Reserves the most that a call can cost, and makes it. */
    private Bought buy(
            Site site, Slot.ModelSlot slot, ModelVersion version, Optional<ModelVersion> override, ModelRequest request)
            throws StepProblem, ConnectorException, Refusal {
        Run run = site.run();
        Models.Opened opened = models.open(slot, version, override);
        Model model = opened.model();
        Usage most = model.atMost(request);
        if (most.unpricedCalls() > 0 && run.purse().paysByMoney()) {
            throw StepProblem.at(
                    slot.where(),
                    ProblemCode.UNKNOWN_PRICE,
                    "money is limited, but the price of " + version.model() + " is not known.",
                    "Add the model to a file for --prices.");
        }
        try (Throttle.Pass pass = opened.throttle().enter(most.tokens())) {
            int attempt = reserve(site, model, most, pass);
            try {
                Live.Heard heard = live.hear(run.context(site, attempt, site.seed()));
                ModelReply reply = model.generate(request, heard.context());
                pass.used(reply.usage().tokens());
                heard.end(reply.text());
                return new Bought(version.shown(), reply, attempt, Cassette.request(request, version.adapter()));
            } catch (ConnectorException e) {
                run.purse().callFailed(site, attempt, e, model.inProcess());
                e.retryAfter().ifPresent(opened.throttle()::close);
                throw e;
            }
        }
    }

    private static int reserve(Site site, Model model, Usage most, Throttle.Pass pass) throws StepProblem, Refusal {
        try {
            return site.run().purse().reserve(site, most, model.inProcess());
        } catch (Refusal | Postponed e) {
            pass.used(0);
            throw e;
        }
    }

    private static Slot.ModelSlot slot(Site site, Step.Role role) throws StepProblem {
        return switch (role) {
            case Step.Role.Named(Workflow.Name name) -> site.run().program().model(name);
            case Step.Role.Computed(Expression expression) -> {
                Object name = site.evaluate(expression);
                if (name instanceof String text
                        && site.run().workflow().slots().get(text) instanceof Slot.ModelSlot model) {
                    yield model;
                }
                throw StepProblem.at(
                        expression.where(),
                        ProblemCode.UNKNOWN_SLOT,
                        "'" + expression.text() + "' is " + name + ", which is no model slot.",
                        "Give the policy model slots as its arms.");
            }
        };
    }

    private static List<Message> messages(Site site, Step.Call step, Slot.ModelSlot slot, ObjectNode inputs)
            throws StepProblem, ConnectorException {
        List<Message> messages = new ArrayList<>();
        if (step.system().isPresent()) {
            String system = text(site, step.system().get(), inputs);
            messages.add(new Message(ModelRequest.Speaker.SYSTEM, system, slot.cached(), List.of()));
        }
        String text = step.prompt().isPresent() ? text(site, step.prompt().get(), inputs) : inputs.toString();
        messages.add(user(
                text, step.images().isPresent() ? images(site, step.images().get()) : List.of()));
        return messages;
    }

    private static Message user(String text, List<Image> images) {
        return new Message(ModelRequest.Speaker.USER, text, false, images);
    }

    private static List<Image> images(Site site, Expression expression) throws StepProblem, ConnectorException {
        Object value = site.evaluate(expression);
        List<?> texts = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        if (texts.size() > MOST_IMAGES || !texts.stream().allMatch(String.class::isInstance)) {
            throw StepProblem.at(
                    expression.where(),
                    ProblemCode.MODEL_FAILED,
                    "'" + expression.text() + "' is not a picture in Base64, nor a list of at most " + MOST_IMAGES
                            + " of them.",
                    "Give a PNG, JPEG or GIF in Base64, as env-render does with 'png: true'.");
        }
        List<Image> images = new ArrayList<>();
        for (Object text : texts) {
            images.add(Image.of((String) text));
        }
        return images;
    }

    /** The messages, where the last one says what the reply has to be. */
    private static List<Message> asking(List<Message> messages, Type.Fields type, List<JsonNode> misfits) {
        List<Message> asking = new ArrayList<>(messages.subList(0, messages.size() - 1));
        Message last = messages.getLast();
        asking.add(user(Replies.asking(last.text(), type, misfits), last.images()));
        return asking;
    }

    private static String text(Site site, Step.Prompt prompt, ObjectNode inputs) throws StepProblem {
        return switch (prompt) {
            case Step.Prompt.Written(String template, Where where) ->
                Prompts.render(template, where, Json.plainObject(inputs));
            case Step.Prompt.Computed(Expression expression) -> {
                // A template that comes from elsewhere may name what the workflow is given, too.
                Map<String, @Nullable Object> names = new HashMap<>(site.run().openInputs());
                names.putAll(Json.plainObject(inputs));
                yield Prompts.render(String.valueOf(site.evaluate(expression)), expression.where(), names);
            }
        };
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
        boolean content = text.toLowerCase(Locale.ROOT).startsWith("no issue");
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
