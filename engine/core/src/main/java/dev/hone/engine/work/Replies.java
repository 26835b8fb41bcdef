package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Replies that have to be JSON objects: how they are asked for, and whether they are. */
final class Replies {

    private Replies() {}

    /**
     * The message with what the reply has to be, and what was wrong with the one before.
     *
     * @param misfits {@code {what, text}} of the replies that did not fit
     */
    static String asking(String message, Type.Fields type, List<JsonNode> misfits) {
        StringBuilder asking = new StringBuilder(message)
                .append("\n\nAnswer with JSON only, an object with: ")
                .append(fields(type));
        for (JsonNode misfit : misfits) {
            asking.append("\n\nYour last answer was:\n")
                    .append(misfit.path("text").asText())
                    .append("\nThat is wrong: ")
                    .append(misfit.path("what").asText())
                    .append(". Answer again, with JSON only.");
        }
        return asking.toString();
    }

    /** As JSON Schema. More fields than are asked for would fit, but nobody needs to write them. */
    static String schema(Type.Fields type) {
        return schemaOf(new Type.Fields(type.fields(), false)).toString();
    }

    private static ObjectNode schemaOf(Type type) {
        ObjectNode schema = Json.object();
        switch (type) {
            case Type.Any any -> {}
            case Type.Scalar scalar ->
                schema.put(
                        "type",
                        switch (scalar.kind()) {
                            case TEXT -> "string";
                            case NUMBER -> "number";
                            case BOOLEAN -> "boolean";
                        });
            case Type.ListOf list -> schema.put("type", "array").set("items", schemaOf(list.items()));
            case Type.Fields fields -> {
                schema.put("type", "object");
                ObjectNode properties = schema.putObject("properties");
                fields.fields().forEach((name, field) -> properties.set(name, schemaOf(field)));
                fields.fields().keySet().forEach(schema.withArray("required")::add);
                schema.put("additionalProperties", fields.open());
            }
        }
        return schema;
    }

    /** What keeps a text from being what is asked for; empty when it is. */
    static Optional<String> misfit(Type.Fields type, String text) {
        Optional<JsonNode> object = Json.parse(text).filter(JsonNode::isObject);
        if (object.isEmpty()) {
            return Optional.of("it is no JSON object");
        }
        return Misfit.of("it", type, object.get()).stream()
                .map(misfit -> misfit.path() + " " + misfit.says() + " where " + misfit.wanted() + " is wanted")
                .reduce((one, other) -> one + "; " + other)
                .map(all -> all.replace("it.", ""));
    }

    private static String fields(Type.Fields type) {
        return type.fields().entrySet().stream()
                .map(field -> field.getKey() + " (" + word(field.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String word(Type type) {
        return switch (type) {
            case Type.ListOf(Type items) when items.equals(Type.ANY) -> "a list";
            case Type.ListOf(Type items) -> "a list, each item " + word(items);
            case Type.Fields fields when !fields.fields().isEmpty() -> "an object with " + fields(fields);
            case Type.Fields fields -> Misfit.describe(type);
            case Type.Any any -> Misfit.describe(type);
            case Type.Scalar scalar -> Misfit.describe(type);
        };
    }
}
