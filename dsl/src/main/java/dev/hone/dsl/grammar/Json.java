package dev.hone.dsl.grammar;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints maps, lists, texts, numbers and booleans as JSON; short lists of scalars in one line. */
final class Json {

    private Json() {}

    static String print(Object value) {
        return print(value, "");
    }

    private static String print(Object value, String indent) {
        String deeper = indent + "  ";
        return switch (value) {
            case Map<?, ?> map when map.isEmpty() -> "{}";
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(e -> deeper + quote(String.valueOf(e.getKey())) + ": " + print(e.getValue(), deeper))
                        .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
            case List<?> list
            when list.stream().noneMatch(i -> i instanceof Map || i instanceof List) ->
                list.stream().map(item -> print(item, deeper)).collect(Collectors.joining(", ", "[", "]"));
            case List<?> list ->
                list.stream()
                        .map(item -> deeper + print(item, deeper))
                        .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
            case String text -> quote(text);
            case Long number -> number.toString();
            case Boolean bool -> bool.toString();
            default -> throw new IllegalArgumentException("Not JSON: " + value.getClass());
        };
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
