package dev.hone.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Type;
import dev.hone.dsl.Workflow;
import dev.hone.engine.work.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the inputs of a workflow out of a conversation, as {@code docs/openai-and-mcp.md} says. What a workflow cannot be given
 * and would change the answer is refused.
 */
final class Filling {

    private static final String MESSAGES = "messages";
    private static final String SYSTEM = "system";
    private static final String IMAGES = "images";

    private final Workflow workflow;
    private final List<Message> messages;
    private final ObjectNode inputs;
    private final Map<String, Workflow.Input> open;
    private final List<String> unread = new ArrayList<>();

    /**
     * @param inputs whether they fit is for the engine to say
     * @param unread the messages that are no part of them
     */
    record Filled(ObjectNode inputs, List<String> unread) {}

    private Filling(Workflow workflow, ChatRequest request) {
        this.workflow = workflow;
        this.messages = request.messages();
        this.inputs = request.inputs().deepCopy();
        this.open = new LinkedHashMap<>(workflow.inputs());
        open.keySet().removeIf(inputs::has);
    }

    /** @throws Refused when the workflow cannot be filled, or something would be lost that changes the answer */
    static Filled of(Workflow workflow, ChatRequest request) {
        Filling filling = new Filling(workflow, request);
        filling.fill();
        return new Filled(filling.inputs, List.copyOf(filling.unread));
    }

    private void fill() {
        boolean all = open.containsKey(MESSAGES);
        boolean system = fillSystem(all);
        fillImages(all);
        if (all) {
            fillMessages(system);
        } else if (open.isEmpty()) {
            spoken().forEach(message -> unread.add(message.at()));
        } else {
            fillLast();
        }
    }

    private List<Message> spoken() {
        return messages.stream()
                .filter(message -> message.role() != Message.Role.SYSTEM)
                .toList();
    }

    /** @return whether the system's messages have an input of their own */
    private boolean fillSystem(boolean all) {
        List<Message> said = messages.stream()
                .filter(message -> message.role() == Message.Role.SYSTEM)
                .toList();
        if (open.remove(SYSTEM) != null) {
            inputs.put(SYSTEM, said.stream().map(Message::text).collect(Collectors.joining("\n\n")));
            return true;
        }
        if (!all && !said.isEmpty()) {
            throw new Refused(
                    said.getFirst().at(),
                    "the workflow " + workflow.name() + " does not take a system message.",
                    "Leave it out, or declare an input named system or messages in the workflow.");
        }
        return false;
    }

    private void fillImages(boolean all) {
        List<Message> spoken = spoken();
        List<Message> seen = all || spoken.isEmpty() ? spoken : List.of(spoken.getLast());
        if (open.remove(IMAGES) != null) {
            ArrayNode images = inputs.putArray(IMAGES);
            seen.forEach(message -> message.images().forEach(images::add));
        } else {
            seen.stream()
                    .filter(message -> !message.images().isEmpty())
                    .findFirst()
                    .ifPresent(message -> {
                        throw new Refused(
                                message.at(),
                                "the workflow " + workflow.name() + " does not take images.",
                                "Leave them out, or declare an input named images in the workflow.");
                    });
        }
    }

    private void fillMessages(boolean systemElsewhere) {
        List<Message> given = systemElsewhere ? spoken() : messages;
        Workflow.Input input = open.remove(MESSAGES);
        if (input != null && input.type().equals(Type.TEXT)) {
            inputs.put(
                    MESSAGES,
                    given.stream()
                            .map(message -> message.word() + ": " + message.text())
                            .collect(Collectors.joining("\n\n")));
        } else {
            ArrayNode list = inputs.putArray(MESSAGES);
            given.forEach(message -> list.add(message.json()));
        }
    }

    private void fillLast() {
        List<Message> spoken = spoken();
        Message last = spoken.isEmpty() ? null : spoken.getLast();
        if (last == null || last.role() != Message.Role.USER) {
            throw new Refused(
                    MESSAGES,
                    "the last message is not from the user.",
                    "Let it be, or declare an input named messages in the workflow.");
        }
        spoken.subList(0, spoken.size() - 1).forEach(message -> unread.add(message.at()));
        Optional<ObjectNode> object =
                Json.parse(last.text()).filter(JsonNode::isObject).map(ObjectNode.class::cast);
        if (object.isPresent() && (open.size() > 1 || names(object.get()))) {
            inputs.setAll(object.get());
        } else if (open.size() == 1) {
            fillOne(last, open.values().iterator().next());
        } else {
            throw new Refused(
                    last.at() + ".content",
                    "the workflow " + workflow.name() + " has the inputs " + String.join(", ", open.keySet())
                            + ", and the last message does not say which is which.",
                    "Write it as a JSON object with these names, or give the others in inputs.");
        }
    }

    private boolean names(ObjectNode object) {
        return !object.isEmpty() && object.properties().stream().allMatch(field -> open.containsKey(field.getKey()));
    }

    private void fillOne(Message message, Workflow.Input input) {
        boolean asText = input.type().equals(Type.TEXT) || input.type().equals(Type.ANY);
        @Nullable
        JsonNode value =
                asText ? Json.node(message.text()) : Json.parse(message.text()).orElse(null);
        if (value == null || value.isMissingNode()) {
            throw new Refused(
                    message.at() + ".content",
                    "the input " + input.name() + " of the workflow " + workflow.name()
                            + " is no text, and the last message is not JSON.",
                    "Write the message as the JSON of " + input.name() + ".");
        }
        inputs.set(input.name(), value);
    }
}
