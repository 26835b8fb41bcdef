package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Type;
import dev.hone.dsl.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Whether what a caller gives is what a workflow declares. */
public final class Inputs {

    private Inputs() {}

    /** One problem for each input that is absent, of the wrong type or unknown. */
    public static List<Problem> check(Workflow workflow, ObjectNode given) {
        List<Problem> problems = new ArrayList<>();
        workflow.inputs().forEach((name, input) -> {
            JsonNode value = given.get(name);
            if (value == null) {
                problems.add(Problem.at(
                        input.where(),
                        ProblemCode.INPUT_TYPE,
                        "the input " + name + " is missing.",
                        "Give it a value: " + describe(input.type()) + "."));
            } else {
                check(name, input.type(), value, input, problems);
            }
        });
        given.fieldNames().forEachRemaining(name -> {
            if (!workflow.inputs().containsKey(name)) {
                problems.add(Problem.at(
                        workflow.where(),
                        ProblemCode.INPUT_TYPE,
                        "the workflow " + workflow.name() + " has no input " + name + ".",
                        "Its inputs are " + String.join(", ", workflow.inputs().keySet()) + "."));
            }
        });
        return problems;
    }

    private static void check(String path, Type type, JsonNode value, Workflow.Input input, List<Problem> problems) {
        boolean fits = switch (type) {
            case Type.Any any -> true;
            case Type.Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT -> value.isTextual();
                    case NUMBER -> value.isNumber();
                    case BOOLEAN -> value.isBoolean();
                };
            case Type.ListOf list -> value.isArray();
            case Type.Fields fields -> value.isObject();
        };
        if (!fits) {
            String shown = value.toString();
            problems.add(Problem.at(
                    input.where(),
                    ProblemCode.INPUT_TYPE,
                    "the input " + path + " is " + (shown.length() > 60 ? shown.substring(0, 60) + "..." : shown) + ".",
                    "Give " + describe(type) + "."));
            return;
        }
        if (type instanceof Type.ListOf list) {
            for (int i = 0; i < value.size() && problems.size() < 20; i++) {
                check(path + "[" + (i + 1) + "]", list.items(), value.get(i), input, problems);
            }
        } else if (type instanceof Type.Fields fields) {
            fields.fields().forEach((name, field) -> {
                JsonNode inner = value.get(name);
                if (inner == null) {
                    problems.add(Problem.at(
                            input.where(),
                            ProblemCode.INPUT_TYPE,
                            "the input " + path + " has no " + name + ".",
                            "Give it one: " + describe(field) + "."));
                } else {
                    check(path + "." + name, field, inner, input, problems);
                }
            });
        }
    }

    private static String describe(Type type) {
        return switch (type) {
            case Type.Any any -> "any value";
            case Type.Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT -> "a text";
                    case NUMBER -> "a number";
                    case BOOLEAN -> "true or false";
                };
            case Type.ListOf list -> "a list";
            case Type.Fields fields ->
                fields.fields().isEmpty()
                        ? "an object"
                        : "an object with " + String.join(", ", fields.fields().keySet());
        };
    }
}
