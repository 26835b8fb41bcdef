package dev.hone.connectors.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What is to be trained.
 *
 * @param key the same for the same work in the same place of the same run, however often it is tried
 * @param head all but the data, as the training is told it
 * @param lines the data as JSON, an example each
 */
record Job(String key, ObjectNode head, List<String> lines) {

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final long MOST_BYTES = 64L << 20;

    /** A tree as text. */
    static byte[] bytes(ObjectNode tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws ConnectorException of kind BAD_INPUT when it is too large */
    static Job of(External.Input input, CallContext context) throws ConnectorException {
        try {
            ObjectNode head = JSON.createObjectNode()
                    .put("run", context.run())
                    .put("step", context.element())
                    .put("iteration", context.iteration())
                    .put("seed", context.seed());
            head.set(
                    "settings",
                    JSON.readTree(JSON.writeValueAsString(input.settings().orElse(Map.of()))));
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(JSON.writeValueAsBytes(head));
            digest.update(input.trainer().getBytes(StandardCharsets.UTF_8));
            long bytes = 0;
            List<String> lines = new ArrayList<>();
            for (Object example : input.data().orElse(List.of())) {
                String line = JSON.writeValueAsString(example);
                byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
                bytes += text.length;
                if (bytes > MOST_BYTES) {
                    throw new ConnectorException(
                            Kind.BAD_INPUT,
                            "the data has more than " + MOST_BYTES + " bytes, " + lines.size()
                                    + " examples are before that",
                            "keep fewer examples, or hand over a path to them in the settings");
                }
                digest.update(text);
                lines.add(line);
            }
            return new Job(HexFormat.of().formatHex(digest.digest()), head, List.copyOf(lines));
        } catch (JsonProcessingException e) {
            throw new ConnectorException(
                    Kind.BAD_INPUT, "the data cannot be written as JSON", "give it plain values", null, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
