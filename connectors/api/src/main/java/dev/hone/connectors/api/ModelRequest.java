package dev.hone.connectors.api;

import java.util.List;
import java.util.Optional;

/**
 * What a model is asked.
 *
 * @param messages the conversation as text; never empty
 * @param inputs the call's inputs by name as one JSON object, for models that read data rather than prose
 * @param temperature 0 is greedy
 * @param maxTokens the most tokens the reply may have
 * @param schema a JSON Schema that the reply should be an instance of; a model that cannot promise that ignores it
 */
public record ModelRequest(
        List<Message> messages, String inputs, Optional<Double> temperature, int maxTokens, Optional<String> schema) {

    /** Of a reply in prose. */
    public ModelRequest(List<Message> messages, String inputs, Optional<Double> temperature, int maxTokens) {
        this(messages, inputs, temperature, maxTokens, Optional.empty());
    }

    public ModelRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a model request needs at least one message");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
        }
    }

    /** Whether a part of it is worth keeping for later calls. */
    public boolean keeps() {
        return messages.stream().anyMatch(Message::kept);
    }

    /**
     * For models that cannot see.
     *
     * @param model as messages name it
     * @throws ConnectorException of kind BAD_INPUT when a message has a picture
     */
    public void refuseImages(String model) throws ConnectorException {
        if (messages.stream().anyMatch(message -> !message.images().isEmpty())) {
            throw new ConnectorException(
                    ConnectorException.Kind.BAD_INPUT,
                    "the model " + model + " reads no pictures",
                    "give the slot a model that does, or leave 'images' out");
        }
    }

    /** Who says a message. */
    public enum Speaker {
        SYSTEM,
        USER,
        ASSISTANT
    }

    /**
     * One turn of the conversation.
     *
     * @param kept whether later calls begin with the same text, so that a provider may keep what it made of it; a hint
     * @param images of a user, shown with the text
     */
    public record Message(Speaker speaker, String text, boolean kept, List<Image> images) {

        public Message {
            images = List.copyOf(images);
        }

        /** Of a text that no other call is expected to begin with. */
        public Message(Speaker speaker, String text) {
            this(speaker, text, false, List.of());
        }
    }
}
