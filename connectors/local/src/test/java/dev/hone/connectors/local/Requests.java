package dev.hone.connectors.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.local.listprog.Digits;
import dev.hone.connectors.local.listprog.Program;
import java.util.List;
import java.util.Optional;

/** What the local models are asked in tests: about one held-out task and one draft. */
final class Requests {

    static final String DRAFT = "reverse | keep-even";

    private Requests() {}

    /** The task's object, to be changed at will. */
    static ObjectNode task() {
        return tasks(1).getFirst();
    }

    static List<ObjectNode> tasks(int count) {
        return ListprogTasks.generated(count, 20).stream()
                .map(line -> (ObjectNode) json(line).path("task"))
                .toList();
    }

    static ObjectNode forGenerator() {
        ObjectNode inputs = ListprogInputs.JSON.createObjectNode();
        inputs.set("task", task());
        return inputs;
    }

    static ObjectNode batch(int tasks, int samples) {
        ObjectNode inputs = ListprogInputs.JSON.createObjectNode().put("samples", samples);
        inputs.putArray("tasks").addAll(tasks(tasks));
        return inputs;
    }

    static ObjectNode forCritic() {
        return forCritic(task());
    }

    static ObjectNode forCritic(ObjectNode task) {
        ObjectNode inputs = ListprogInputs.JSON.createObjectNode();
        inputs.set("task", task);
        inputs.put("draft", DRAFT);
        inputs.set("trace", trace(task));
        return inputs;
    }

    static ObjectNode forEditor() {
        return forEditor(task());
    }

    static ObjectNode forEditor(ObjectNode task) {
        ObjectNode inputs = ListprogInputs.JSON.createObjectNode();
        inputs.set("task", task);
        inputs.put("draft", DRAFT);
        inputs.putObject("feedback")
                .put("kind", "substitute")
                .put("position", 2)
                .set("trace", trace(task));
        return inputs;
    }

    static ModelRequest request(JsonNode inputs) {
        return new ModelRequest(List.of(new Message(Speaker.USER, "Answer.")), inputs.toString(), Optional.empty(), 16);
    }

    static String reply(String model, JsonNode inputs, long seed) throws ConnectorException {
        return new LocalProvider()
                .open(model, ModelSettings.DEFAULT)
                .generate(request(inputs), CallContext.standalone(seed))
                .text();
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) ListprogInputs.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode trace(ObjectNode task) {
        Program draft = Program.parse(DRAFT);
        ArrayNode lines = ListprogInputs.JSON.createArrayNode();
        for (JsonNode example : task.path("examples")) {
            List<Integer> in =
                    ListprogInputs.JSON.convertValue(example.path("in"), new TypeReference<List<Integer>>() {});
            int got = draft.run(Digits.of(in));
            ObjectNode line = lines.addObject();
            line.set("in", example.path("in"));
            line.set("want", example.path("out"));
            line.set("got", ListprogInputs.JSON.valueToTree(Digits.toList(got)));
            line.put("ok", ListprogInputs.JSON.valueToTree(Digits.toList(got)).equals(example.path("out")));
        }
        return lines;
    }
}
