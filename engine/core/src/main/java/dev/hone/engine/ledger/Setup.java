package dev.hone.engine.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lists need of a run's setup and of the bodies of its events.
 *
 * @param tenant whose run it is
 */
record Setup(String tenant, SortedMap<String, String> labels, Optional<String> replayOf, Optional<String> forkOf) {

    /** Of a run that no label says more of. */
    static final String NOBODY = "default";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Setup of(String json) {
        JsonNode setup = read(json);
        SortedMap<String, String> labels = new TreeMap<>();
        setup.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new Setup(
                labels.getOrDefault("tenant", NOBODY),
                labels,
                Optional.ofNullable(setup.path("replayOf").textValue()),
                Optional.ofNullable(setup.path("forkOf").path("run").textValue()));
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger writes only JSON", e);
        }
    }

    /** The beginning of a text for a column of so many characters. */
    static String cut(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
