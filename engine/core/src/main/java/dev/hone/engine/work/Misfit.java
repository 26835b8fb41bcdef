package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a value is not of a type.
 *
 * @param path of the value: {@code task.examples[2]}
 * @param says what it is, to follow the path
 * @param wanted what it should be
 */
record Misfit(String path, String says, String wanted) {

    private static final int MOST = 20;
    private static final int SHOWN = 60;

    /** All of them, at most {@value #MOST}; none when the value is of the type. */
    static List<Misfit> of(String path, Type type, JsonNode value) {
        List<Misfit> misfits = new ArrayList<>();
        check(path, type, value, misfits);
        return misfits;
    }

    private static void check(String path, Type type, JsonNode value, List<Misfit> misfits) {
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
            misfits.add(new Misfit(
                    path,
                    "is " + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown),
                    describe(type)));
            return;
        }
        if (type instanceof Type.ListOf list) {
            for (int i = 0; i < value.size() && misfits.size() < MOST; i++) {
                check(path + "[" + (i + 1) + "]", list.items(), value.get(i), misfits);
            }
        } else if (type instanceof Type.Fields fields) {
            fields.fields().forEach((name, field) -> {
                JsonNode inner = value.get(name);
                if (inner == null) {
                    misfits.add(new Misfit(path, "has no " + name, describe(field)));
                } else {
                    check(path + "." + name, field, inner, misfits);
                }
            });
        }
    }

    /** In words. */
    static String describe(Type type) {
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
