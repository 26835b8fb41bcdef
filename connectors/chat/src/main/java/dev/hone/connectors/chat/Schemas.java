package dev.hone.connectors.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.connectors.api.ModelRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replies of a given shape, as LangChain4j asks for them. A schema is taken apart here: handed over as text, it comes out
 * as something else where Jackson finds its module for Scala on the class path.
 */
final class Schemas {

    /** OpenAI wants a name; it means nothing. */
    private static final String NAME = "reply";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Schemas() {}

    /** Empty for a reply in prose, and for one of which not all is known: strict modes take no such schema. */
    static Optional<ResponseFormat> of(ModelRequest request) {
        return request.schema()
                .flatMap(schema -> element(parsed(schema)))
                .map(root -> ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(NAME)
                                .rootElement(root)
                                .build())
                        .build());
    }

    private static JsonNode parsed(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the request's schema is no JSON", e);
        }
    }

    /** Of the types that a workflow can name; empty when any value would do somewhere. */
    private static Optional<JsonSchemaElement> element(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "string" -> Optional.of(new JsonStringSchema());
            case "number" -> Optional.of(new JsonNumberSchema());
            case "boolean" -> Optional.of(new JsonBooleanSchema());
            case "array" ->
                element(schema.path("items"))
                        .map(items -> JsonArraySchema.builder().items(items).build());
            case "object" -> object(schema);
            default -> Optional.empty();
        };
    }

    private static Optional<JsonSchemaElement> object(JsonNode schema) {
        JsonObjectSchema.Builder object = JsonObjectSchema.builder().additionalProperties(false);
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            Optional<JsonSchemaElement> value = element(field.getValue());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            object.addProperty(field.getKey(), value.get());
            names.add(field.getKey());
        }
        boolean open = schema.path("additionalProperties").asBoolean(true);
        return open ? Optional.empty() : Optional.of(object.required(names).build());
    }
}
