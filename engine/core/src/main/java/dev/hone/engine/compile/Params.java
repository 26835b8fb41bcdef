package dev.hone.engine.compile;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Value;
import dev.hone.dsl.Workflow;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workflow's parameters as FEEL sees them. */
public final class Params {

    private Params() {}

    /** The values written in the file. */
    public static Map<String, @Nullable Object> defaults(Workflow workflow) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        workflow.params().forEach((name, value) -> values.put(name, plain(value)));
        return values;
    }

    /**
     * The values of a run.
     *
     * @param given by the caller, plain Java; a number for a number, a text for a text, a boolean for a boolean
     * @param problems receives one for each unknown name and wrong type
     */
    public static Map<String, @Nullable Object> of(
            Workflow workflow, Map<String, @Nullable Object> given, List<Problem> problems) {
        Map<String, @Nullable Object> values = defaults(workflow);
        given.forEach((name, value) -> {
            Object standard = values.get(name);
            if (!values.containsKey(name)) {
                problems.add(Problem.of(
                        ProblemCode.INPUT_TYPE,
                        "the workflow " + workflow.name() + " has no parameter " + name + ".",
                        "Its parameters are " + String.join(", ", values.keySet()) + "."));
            } else if (standard != null && value != null && standard.getClass() != value.getClass()) {
                problems.add(Problem.of(
                        ProblemCode.INPUT_TYPE,
                        "the parameter " + name + " is " + describe(value) + ".",
                        "Give a value of the kind of its default, " + describe(standard) + "."));
            } else {
                values.put(name, value);
            }
        });
        return values;
    }

    private static String describe(Object value) {
        return switch (value) {
            case BigDecimal number -> "the number " + number;
            case Boolean bool -> "the boolean " + bool;
            default -> "the text '" + value + "'";
        };
    }

    /** A value of a file as plain Java: BigDecimal, String, Boolean, List or Map; the text of an expression. */
    public static @Nullable Object plain(Value value) {
        return switch (value) {
            case Value.Nothing nothing -> null;
            case Value.Text text -> text.text();
            case Value.Number number -> number.number();
            case Value.Bool bool -> bool.bool();
            case Value.Items items -> items.items().stream().map(Params::plain).toList();
            case Value.Fields fields -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                fields.fields().forEach((name, field) -> map.put(name, plain(field)));
                yield map;
            }
            case Value.Computed computed -> computed.expression().text();
        };
    }
}
