package dev.hone.connectors.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Server-sent events (WHATWG HTML, section 9.2) whose data is a JSON object on one line, as model servers send them. All
 * else, the names of the events and the mark of the end among it, is passed over. Not thread-safe.
 */
final class EventStream {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data:";

    private final Consumer<JsonNode> told;
    private final List<JsonNode> events = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param told of each event at once */
    EventStream(Consumer<JsonNode> told) {
        this.told = told;
    }

    void take(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n' || b == '\r') {
                endLine();
            } else {
                line.write(b);
            }
        }
    }

    /** All events, once there is no more to take. */
    List<JsonNode> end() {
        endLine();
        return List.copyOf(events);
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (!text.startsWith(DATA)) {
            return;
        }
        try {
            JsonNode event = JSON.readTree(text.substring(DATA.length()));
            if (event.isObject()) {
                events.add(event);
                told.accept(event);
            }
        } catch (JsonProcessingException e) {
            // the mark of the end, or the half of an event at which the connection broke
        }
    }
}
