package dev.hone.server.workflows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Type;
import dev.hone.dsl.Workflow;
import dev.hone.engine.work.Json;
import java.util.Collection;
import java.util.Locale;

/** Types of the language as JSON Schema (2020-12), for forms and for other programs. */
public final class TypeSchema {

    private TypeSchema() {}

    public static ObjectNode of(Type type) {
        return switch (type) {
            case Type.Any any -> Json.object();
            case Type.Scalar(Type.ScalarKind kind) -> Json.object().put("type", word(kind));
            case Type.ListOf(Type items) -> {
                ObjectNode list = Json.object().put("type", "array");
                list.set("items", of(items));
                yield list;
            }
            case Type.Fields(var fields, boolean open) -> {
                ObjectNode object = Json.object().put("type", "object");
                fields.forEach((name, field) -> {
                    object.withObject("/properties").set(name, of(field));
                    object.withArray("required").add(name);
                });
                yield object.put("additionalProperties", open);
            }
        };
    }

    /** The object that holds all inputs of a workflow. */
    public static ObjectNode of(Collection<Workflow.Input> inputs) {
        ObjectNode object = Json.object().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        inputs.forEach(input -> {
            properties.set(input.name(), of(input.type()));
            object.withArray("required").add(input.name());
        });
        return object.put("additionalProperties", false);
    }

    private static String word(Type.ScalarKind kind) {
        return kind == Type.ScalarKind.TEXT ? "string" : kind.name().toLowerCase(Locale.ROOT);
    }
}
