package dev.hone.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.work.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody asks a workflow as if it were a model.
 *
 * @param messages at least one
 * @param usageAtEnd whether a stream ends with what was spent
 * @param inputs those that are given by name
 * @param models {@code provider/model} by slot
 * @param labels of the run
 * @param dials temperature and its like, which a workflow may have as parameters
 */
record ChatRequest(
        ModelName model,
        List<Message> messages,
        boolean stream,
        boolean usageAtEnd,
        Optional<Long> seed,
        ObjectNode inputs,
        ObjectNode params,
        Map<String, String> models,
        Map<String, String> labels,
        Map<String, JsonNode> dials) {

    private static final String METADATA = "metadata";
    private static final String INPUTS = "inputs";
    private static final String PARAMS = "params";
    private static final String MODELS = "models";
    private static final Set<String> READ =
            Set.of("model", "messages", "stream", "stream_options", "seed", METADATA, INPUTS, PARAMS, MODELS);
    private static final int MOST_LABELS = 16;
    private static final int LONGEST_LABEL = 512;

    /** @throws Refused when it is none, or asks for what no workflow does */
    static ChatRequest read(ObjectNode body) {
        Map<String, JsonNode> dials = new LinkedHashMap<>();
        body.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (READ.contains(name) || Neutral.isHarmless(name) || value.isNull()) {
                return;
            }
            if (Neutral.isDial(name)) {
                dials.put(name, value);
            } else if (!Neutral.passes(name, value)) {
                throw new Refused(
                        name,
                        Problem.of(
                                ProblemCode.UNKNOWN_KEY,
                                "there is no '" + name + "' in this request.",
                                "Leave it out; the inputs of a workflow are given in inputs, its parameters in params."));
            }
        });
        Metadata metadata = Metadata.read(body.path(METADATA));
        return new ChatRequest(
                ModelName.parse(body.path("model").asText()),
                messages(body.path("messages")),
                flag("stream", body.path("stream")),
                flag("stream_options.include_usage", body.path("stream_options").path("include_usage")),
                seed(body.path("seed")),
                metadata.object(INPUTS, body),
                metadata.object(PARAMS, body),
                models(metadata.object(MODELS, body)),
                metadata.labels(),
                dials);
    }

    private static List<Message> messages(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw new Refused(
                    "messages", "there are no messages.", "Send a list with at least one, the last from the user.");
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            messages.add(Message.read("messages[" + i + "]", list.get(i)));
        }
        return messages;
    }

    private static boolean flag(String name, JsonNode value) {
        if (!Neutral.nothing(value) && !value.isBoolean()) {
            throw new Refused(name, name + " is neither true nor false.", "Write true or false.");
        }
        return value.asBoolean(false);
    }

    private static Optional<Long> seed(JsonNode value) {
        if (Neutral.nothing(value)) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new Refused("seed", "the seed is no whole number of 64 bits.", "Write one, for example 1.");
        }
        return Optional.of(value.longValue());
    }

    private static Map<String, String> models(ObjectNode bySlot) {
        Map<String, String> models = new LinkedHashMap<>();
        bySlot.properties().forEach(slot -> {
            if (!slot.getValue().isTextual()) {
                throw new Refused(
                        MODELS + "." + slot.getKey(),
                        "the model for the slot " + slot.getKey() + " is no text.",
                        "Write provider/model.");
            }
            models.put(slot.getKey(), slot.getValue().asText());
        });
        return models;
    }

    /** What OpenAI's own fields have room for: short texts by name, of which three may be JSON that says more of the run. */
    private record Metadata(Map<String, String> labels, Map<String, String> json) {

        static Metadata read(JsonNode node) {
            Map<String, String> labels = new LinkedHashMap<>();
            Map<String, String> json = new LinkedHashMap<>();
            if (!Neutral.nothing(node) && !node.isObject()) {
                throw new Refused(METADATA, "the metadata is no object.", "Write texts by name.");
            }
            node.properties().forEach(entry -> {
                String name = entry.getKey();
                String at = METADATA + "." + name;
                if (!entry.getValue().isTextual()) {
                    throw new Refused(at, at + " is no text.", "Write a text; JSON as a text, too.");
                }
                if (Set.of(INPUTS, PARAMS, MODELS).contains(name)) {
                    json.put(name, entry.getValue().asText());
                } else {
                    labels.put(name, label(at, name, entry.getValue().asText()));
                }
            });
            if (labels.size() > MOST_LABELS) {
                throw new Refused(
                        METADATA, "there are " + labels.size() + " labels.", "Send at most " + MOST_LABELS + ".");
            }
            return new Metadata(labels, json);
        }

        private static String label(String at, String name, String value) {
            if (name.equals("tenant")) {
                throw new Refused(
                        at, "the label tenant is the server's own.", "Leave it out: the key says the tenant.");
            }
            if (name.length() > LONGEST_LABEL || value.length() > LONGEST_LABEL) {
                throw new Refused(
                        METADATA,
                        "a label has more than " + LONGEST_LABEL + " characters.",
                        "Shorten it, or give the value as an input.");
            }
            return value;
        }

        /** From the request itself, or from here; no fields when in neither. */
        ObjectNode object(String name, ObjectNode body) {
            JsonNode direct = body.path(name);
            String text = json.get(name);
            if (!Neutral.nothing(direct) && text != null) {
                throw new Refused(name, name + " is given twice.", "Leave it out of the metadata.");
            }
            JsonNode found = text == null ? direct : Json.parse(text).orElse(direct);
            if (found.isObject()) {
                return (ObjectNode) found;
            }
            if (text == null && Neutral.nothing(direct)) {
                return Json.object();
            }
            throw new Refused(
                    text == null ? name : METADATA + "." + name, name + " is no JSON object.", "Write values by name.");
        }
    }
}
