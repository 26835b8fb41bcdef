package dev.hone.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.work.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One message of a conversation.
 *
 * @param at where in the request: {@code messages[0]}
 * @param name of who speaks, when several have the same role
 * @param images in Base64
 */
record Message(String at, Role role, Optional<String> name, String text, List<String> images) {

    enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    private static final Pattern PICTURE = Pattern.compile("data:image/[a-z0-9.+-]+;base64,([A-Za-z0-9+/=]+)");

    /** @throws Refused when it is none, or one of a kind that no workflow can be given */
    static Message read(String at, JsonNode node) {
        if (!node.isObject()) {
            throw new Refused(at, at + " is no object.", "Write {\"role\": \"user\", \"content\": \"...\"}.");
        }
        for (String tools : List.of("tool_calls", "function_call", "audio")) {
            if (!Neutral.nothing(node.path(tools))) {
                throw new Refused(
                        at + "." + tools,
                        at + " has " + tools + ", which no workflow takes.",
                        "Leave it out; a workflow calls its own tools.");
            }
        }
        List<String> texts = new ArrayList<>();
        List<String> images = new ArrayList<>();
        JsonNode content = node.path("content");
        if (content.isArray()) {
            for (int i = 0; i < content.size(); i++) {
                part(at + ".content[" + i + "]", content.get(i), texts, images);
            }
        } else if (content.isTextual()) {
            texts.add(content.asText());
        } else if (!Neutral.nothing(content)) {
            throw new Refused(
                    at + ".content", at + ".content is neither a text nor a list of parts.", "Write it as a text.");
        }
        return new Message(
                at,
                role(at, node.path("role").asText()),
                Optional.ofNullable(node.path("name").textValue()),
                String.join("\n", texts),
                List.copyOf(images));
    }

    private static Role role(String at, String word) {
        return switch (word) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            default ->
                throw new Refused(
                        at + ".role",
                        at + " has no role that a workflow knows.",
                        "Write system, developer, user or assistant; a workflow calls its own tools.");
        };
    }

    private static void part(String at, JsonNode part, List<String> texts, List<String> images) {
        switch (part.path("type").asText()) {
            case "text" -> texts.add(part.path("text").asText());
            case "refusal" -> texts.add(part.path("refusal").asText());
            case "image_url" ->
                images.add(image(at, part.path("image_url").path("url").asText()));
            default ->
                throw new Refused(
                        at + ".type", at + " is of a kind that no workflow takes.", "Send text or image_url parts.");
        }
    }

    private static String image(String at, String url) {
        Matcher picture = PICTURE.matcher(url);
        if (!picture.matches()) {
            throw new Refused(
                    at + ".image_url.url",
                    at + " is an image by its address, which this server does not fetch.",
                    "Send the image itself, as data:image/png;base64,...");
        }
        return picture.group(1);
    }

    /** As workflows see it. */
    ObjectNode json() {
        ObjectNode json = Json.object().put("role", word()).put("content", text);
        name.ifPresent(who -> json.put("name", who));
        return json;
    }

    String word() {
        return switch (role) {
            case SYSTEM -> "system";
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }
}
