package dev.hone.connectors.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.UnaryOperator;

/**
 * What a server says about an error, wherever it says it: OpenAI in {@code error.message}, Ollama in {@code error}, FastAPI
 * in {@code detail}, proxies in plain text.
 *
 * @param text at most a few lines; empty when it says nothing
 * @param code a word for programs, or empty
 */
record ServerWords(String text, String code) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 300;

    /** @param redact takes out what must not be repeated, before anything is cut off */
    static ServerWords of(String body, UnaryOperator<String> redact) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return new ServerWords(shortened(redact.apply(body)), "");
        }
        JsonNode error = root.path("error");
        String code = error.path("code").asText("") + " " + error.path("type").asText("");
        for (JsonNode place :
                new JsonNode[] {error.path("message"), error, root.path("message"), root.path("detail")}) {
            if (place.isTextual()) {
                return new ServerWords(shortened(redact.apply(place.asText())), code.strip());
            }
        }
        return new ServerWords(shortened(redact.apply(body)), code.strip());
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
