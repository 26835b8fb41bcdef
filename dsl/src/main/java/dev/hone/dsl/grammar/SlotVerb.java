package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Step;
import java.util.List;
import java.util.Optional;

final class SlotVerb implements Verb {

    private static final String SET = "set";

    @Override
    public String name() {
        return "slot";
    }

    @Override
    public String says() {
        return "Changes the version of a slot.";
    }

    @Override
    public Form form() {
        java.util.Map<String, Form.Keyed> kinds = new java.util.LinkedHashMap<>();
        kinds.put(
                SET,
                keyed(
                        SET,
                        "Gives the slot a new version.",
                        List.of(
                                required("to", Form.FEEL, "The new version."),
                                optional("score", Form.FEEL, "How good it was found to be."),
                                optional("because", Form.TEXT, "What decided it, for the reader."))));
        kinds.put("promote", keyed("promote", "Makes the present version the one to come back to.", List.of()));
        kinds.put("rollback", keyed("rollback", "Goes back to the version promoted last, or to the first.", List.of()));
        kinds.put("reset", keyed("reset", "Goes back to the first version.", List.of()));
        kinds.put(
                "ema",
                keyed(
                        "ema",
                        "Moves numbers towards others by an exponential moving average.",
                        List.of(
                                required("toward", Form.FEEL, "A number or a list of numbers."),
                                required("decay", Form.FEEL, "How much of the present version stays, 0 to 1."))));
        kinds.put(
                "interpolate",
                keyed(
                        "interpolate",
                        "Mixes numbers with others.",
                        List.of(
                                required("with", Form.FEEL, "A number or a list of numbers."),
                                required("at", Form.FEEL, "0 is the present version, 1 the other."))));
        return new Form.ByKey("'slot'", kinds);
    }

    private static Form.Keyed keyed(String operation, String says, List<Form.Key> more) {
        List<Form.Key> keys = new java.util.ArrayList<>();
        keys.add(required(operation, Form.TEXT, says));
        keys.addAll(more);
        keys.add(TellVerb.IF);
        keys.add(ID);
        return new Form.Keyed("'slot'", List.copyOf(keys));
    }

    @Override
    public Step read(StepSource step) {
        Fields fields = step.fields();
        String operation = List.of(SET, "promote", "rollback", "reset", "ema", "interpolate").stream()
                .filter(fields::has)
                .findFirst()
                .orElseThrow();
        return new Step.SetSlot(
                step.id(),
                fields.name(operation),
                operation(operation, fields),
                fields.optionalExpression("if"),
                fields.optionalExpression("score"),
                step.where());
    }

    private static Step.SlotOperation operation(String operation, Fields fields) {
        return switch (operation) {
            case SET -> new Step.SlotOperation.Set(fields.expression("to"));
            case "promote" -> new Step.SlotOperation.Promote();
            case "rollback" -> new Step.SlotOperation.Rollback();
            case "reset" -> new Step.SlotOperation.Reset();
            case "ema" -> new Step.SlotOperation.Ema(fields.expression("toward"), fields.expression("decay"));
            default -> new Step.SlotOperation.Interpolate(fields.expression("with"), fields.expression("at"));
        };
    }

    @Override
    public Optional<String> idFrom() {
        return Optional.empty();
    }
}
