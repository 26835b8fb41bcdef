package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The versions of a slot as its events made them. The first is what the file says, and is not among the events. */
final class SlotState {

    /** @param value absent for the first version */
    private record Version(
            Optional<JsonNode> value, @Nullable Double score) {}

    private final List<Version> versions = new ArrayList<>(List.of(new Version(Optional.empty(), null)));
    private int present;
    private int promoted;

    /** @param body {@code {op, value?, score?}} */
    void apply(JsonNode body) {
        switch (body.path("op").asText()) {
            case "set" -> {
                versions.add(new Version(
                        Optional.of(body.path("value")),
                        body.path("score").isNumber() ? body.path("score").doubleValue() : null));
                present = versions.size() - 1;
            }
            case "promote" -> promoted = present;
            case "rollback" -> present = promoted;
            case "reset" -> present = 0;
            default -> throw new IllegalStateException("not an operation on a slot: " + body);
        }
    }

    /** Empty when the file's own value holds. */
    Optional<JsonNode> value() {
        return versions.get(present).value();
    }

    /** That of the version that was promoted last; empty when it is the file's own. */
    Optional<JsonNode> promotedValue() {
        return versions.get(promoted).value();
    }

    /** {@code {version, versions, score, best, promoted}}, for rules and expressions. */
    ObjectNode standing() {
        ObjectNode standing = Json.object();
        standing.put("version", present + 1).put("versions", versions.size()).put("promoted", present == promoted);
        standing.put("score", versions.get(present).score());
        versions.stream()
                .map(Version::score)
                .filter(java.util.Objects::nonNull)
                .max(Double::compare)
                .ifPresentOrElse(best -> standing.put("best", best), () -> standing.putNull("best"));
        return standing;
    }
}
