package dev.hone.connectors.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trainers as an operator names them. */
final class Trainers {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final List<Object> DATA = List.of(example(1), example(2), example(6));

    private Trainers() {}

    private static Map<String, Object> example(double value) {
        return Map.of("example", value, "weight", 1, "from", "test");
    }

    /** A trainer {@code t} that is a {@link Trainee}. */
    static External process(double heartbeat, String... arguments) {
        ObjectNode site = JSON.createObjectNode().put("heartbeat", heartbeat);
        ArrayNode command = site.putArray("command")
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .add("-Xshare:auto")
                .add("-XX:TieredStopAtLevel=1")
                .add("-cp")
                .add(System.getProperty("java.class.path"))
                .add(Trainee.class.getName());
        List.of(arguments).forEach(command::add);
        site.putArray("environment").add("HONE_TEST_KEY");
        return at(site);
    }

    static External process(String... arguments) {
        return process(30, arguments);
    }

    /** A trainer {@code t} behind an address. */
    static External http(String url, double heartbeat) {
        return at(JSON.createObjectNode()
                .put("url", url)
                .put("key", "env:HONE_TEST_KEY")
                .put("heartbeat", heartbeat)
                .put("poll", 0.01));
    }

    private static External at(ObjectNode site) {
        try {
            return named(Map.of("HONE_TRAINER_T", JSON.writeValueAsString(site)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Whatever is in these variables; others are those of the tests. */
    static External named(Map<String, String> variables) {
        return new External(name -> {
            String own = variables.get(name);
            return own == null && !name.startsWith("HONE_TRAINER_") ? System.getenv(name) : own;
        });
    }

    static External.Input input() {
        return new External.Input("t", Optional.of(DATA), Optional.of(Map.of("times", 2)));
    }

    static CallContext context(Duration timeout, Cancellation cancellation) {
        return new CallContext("run-1", "train", "improve=2", 1, 7, timeout, cancellation);
    }

    static CallContext context(Cancellation cancellation) {
        return context(Duration.ofMinutes(1), cancellation);
    }
}
