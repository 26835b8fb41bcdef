package dev.hone.server.offer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happens in a run, in words. */
public final class EventWords {

    private static final int SHOWN = 60;

    private EventWords() {}

    /** What an event is to a person; nothing for those that only the engine needs. */
    public static Optional<String> of(RunEvent event) {
        JsonNode body = Json.read(event.body());
        return switch (event.kind()) {
            case RUN_STARTED -> promoted(body.path("promoted"));
            case CALLED, STOPPING, TRAINING -> Optional.empty();
            case QUESTION -> Optional.of("asks a person: " + abridged(asked(body)));
            case ANSWERED ->
                Optional.of(
                        body.has("rejected")
                                ? "rejected" + byWhom(body.path("rejected"))
                                : "answered " + abridged(body.path("answer").toString()));
            case TOLD -> Optional.of("told late");
            case RUN_RESUMED -> Optional.of("resumed");
            case RUN_PAUSED -> Optional.of("paused" + byWhom(body));
            case BUDGET_RAISED -> Optional.of(raised(body));
            case OUTPUT -> Optional.of(output(body));
            case POOLED -> Optional.of(pooled(body));
            case MAPPED -> Optional.of(elements(body.path("items")));
            case ROUND -> Optional.of("round " + body.path("round").asInt() + (again(body) ? ", again" : ", the last"));
            case DECIDED -> Optional.of(decided(body));
            case SKIPPED ->
                Optional.of("skipped by the rule " + body.path("rule").asText());
            case PROBLEM -> Optional.of(abridged(body.path("what").asText()));
            case MEASURED ->
                Optional.of("measured "
                        + abridged(((ObjectNode) body).without("calls").toString()));
            case RUN_FINISHED -> Optional.of(body.path("stop").path("text").asText());
        };
    }

    /** Which slots have a promoted version in the place of the file's own value. */
    private static Optional<String> promoted(JsonNode versions) {
        List<String> used = new ArrayList<>();
        versions.properties().forEach(slot -> used.add(slot.getKey() + " is promoted version " + slot.getValue()));
        return used.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", used));
    }

    /** Who did it, and why, as far as they said so. */
    private static String byWhom(JsonNode body) {
        String because = body.path("because").asText();
        return " by " + body.path("by").asText() + (because.isEmpty() ? "" : ": " + abridged(because));
    }

    private static String raised(JsonNode body) {
        List<String> more = new ArrayList<>();
        body.path("more").properties().forEach(one -> more.add(one.getValue().asText() + " more " + one.getKey()));
        return "budget raised by " + body.path("by").asText() + ": " + String.join(", ", more);
    }

    private static String asked(JsonNode body) {
        return body.path("question").asText(body.path("form").asText());
    }

    private static String elements(JsonNode items) {
        int n = items.size();
        return n + (n == 1 ? " element" : " elements");
    }

    private static boolean again(JsonNode body) {
        return body.path("go").asText().equals("again");
    }

    private static String output(JsonNode body) {
        JsonNode value = body.path("value");
        if (value.path("pass").isBoolean()) {
            return body.path("name").asText() + ": " + (value.path("pass").asBoolean() ? "passes" : "fails");
        }
        String text = value.isTextual() ? value.asText() : value.toString();
        return body.hasNonNull("name") ? body.path("name").asText() + " = " + abridged(text) : abridged(text);
    }

    private static String pooled(JsonNode body) {
        String where = "into " + body.path("pool").asText();
        String score = body.path("score").isNumber() ? ", score " + number(body.path("score")) : "";
        return where + score + (body.path("duplicate").asBoolean() ? ", known" : "");
    }

    private static String decided(JsonNode body) {
        List<String> parts = new ArrayList<>();
        body.path("fired")
                .forEach(fired -> parts.add("rule " + fired.path("rule").asText()));
        if (body.has("spent")) {
            parts.add(body.path("text").asText());
        }
        if (body.hasNonNull("move")) {
            parts.add("-> " + body.path("move").asText());
        }
        body.path("skip").forEach(skip -> parts.add("skip " + skip.path("step").asText()));
        body.path("flags").forEach(flag -> parts.add(flag.asText()));
        return String.join(", ", parts);
    }

    private static String abridged(String text) {
        String line = text.replace('\n', ' ').strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }

    private static String number(JsonNode value) {
        return value.decimalValue()
                .setScale(4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
