package dev.hone.engine.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Values of slots that come from outside a workflow's file. */
public final class SlotValues {

    /** Longer values belong into files. */
    private static final int MOST_CHARACTERS = 1_000_000;

    private SlotValues() {}

    /** Why a slot cannot hold a value; none when it can. */
    public static List<Problem> problems(Slot.ValueSlot slot, JsonNode value) {
        if (value.toString().length() > MOST_CHARACTERS) {
            return List.of(misfit(slot, "is longer than " + MOST_CHARACTERS + " characters", "a shorter one"));
        }
        return switch (slot.kind()) {
            case PROMPT ->
                value.isTextual()
                        ? Prompts.problem(value.asText(), slot.where()).stream().toList()
                        : List.of(misfit(slot, "is no text", "a prompt's text"));
            case CODE -> value.isTextual() ? List.of() : List.of(misfit(slot, "is no text", "a program's text"));
            case THRESHOLD -> value.isNumber() ? List.of() : List.of(misfit(slot, "is no number", "a number"));
            case LIST -> value.isArray() ? List.of() : List.of(misfit(slot, "is no list", "a JSON array"));
            case WEIGHTS, VALUE -> List.of();
        };
    }

    private static Problem misfit(Slot.ValueSlot slot, String what, String wanted) {
        return Problem.of(
                ProblemCode.INPUT_TYPE,
                "the value for the slot " + slot.name() + " " + what + ".",
                "Give it " + wanted + ".");
    }

    /** A word of a command line as the value that a slot wants: text, a number, or JSON where it is some. */
    public static JsonNode parse(Slot.ValueSlot slot, String word) {
        return switch (slot.kind()) {
            case PROMPT, CODE -> JsonNodeFactory.instance.textNode(word);
            case THRESHOLD -> number(word);
            case WEIGHTS, LIST, VALUE -> json(word);
        };
    }

    /** Text that is no JSON, or more than that, is itself. */
    private static JsonNode json(String word) {
        try {
            JsonNode value = Json.MAPPER
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(word);
            return value.isMissingNode() ? JsonNodeFactory.instance.textNode(word) : value;
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(word);
        }
    }

    private static JsonNode number(String word) {
        try {
            return Json.node(new BigDecimal(word));
        } catch (NumberFormatException e) {
            return JsonNodeFactory.instance.textNode(word); // which is then said to be no number
        }
    }

    /**
     * The value that a run found for a slot: what it promoted last, else what the slot held at its end.
     *
     * @param events of the run, all
     * @return empty when no step has set the slot, or it went back to what it began with
     */
    public static Optional<JsonNode> found(List<RunEvent> events, String slot) {
        SlotState state = new SlotState();
        boolean promoted = false;
        for (RunEvent event : events) {
            JsonNode change = event.kind() == EventKind.OUTPUT
                    ? Json.read(event.body()).path("slot")
                    : JsonNodeFactory.instance.missingNode();
            if (change.path("name").asText().equals(slot)) {
                state.apply(change);
                promoted = promoted || change.path("op").asText().equals("promote");
            }
        }
        return promoted ? state.promotedValue() : state.value();
    }
}
