package dev.hone.engine.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.Type;
import dev.hone.dsl.Vocabulary;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tools of {@code exec}: JSON in, a connector's records, JSON out. */
public final class Tools {

    private final Map<String, Connector<?, ?>> connectors = new TreeMap<>();

    private Tools(Iterable<? extends Connector<?, ?>> found) {
        found.forEach(connector -> connectors.put(connector.name(), connector));
    }

    /** Every connector on the class path. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    public static Tools discovered() {
        return new Tools((Iterable) ServiceLoader.load(Connector.class));
    }

    /** What the checks need to know of the tools. */
    public Map<String, Vocabulary.Tool> vocabulary() {
        Map<String, Vocabulary.Tool> tools = new TreeMap<>();
        connectors.forEach((name, connector) -> tools.put(
                name,
                new Vocabulary.Tool(
                        fields(connector.input()).fields(), required(connector.input()), fields(connector.output()))));
        return tools;
    }

    /**
     * Runs a tool.
     *
     * @throws ConnectorException as the tool says, or of kind UNKNOWN or BAD_INPUT when it never got that far
     */
    JsonNode run(String name, ObjectNode input, CallContext context) throws ConnectorException {
        Connector<?, ?> connector = connectors.get(name);
        if (connector == null) {
            throw new ConnectorException(
                    ConnectorException.Kind.UNKNOWN,
                    "there is no tool " + name,
                    "use one of " + String.join(", ", connectors.keySet()) + ", or put its jar on the class path");
        }
        return run(connector, input, context);
    }

    private static <I extends Record, O extends Record> JsonNode run(
            Connector<I, O> connector, ObjectNode input, CallContext context) throws ConnectorException {
        for (String name : required(connector.input())) {
            if (!input.hasNonNull(name)) {
                throw new ConnectorException(
                        ConnectorException.Kind.BAD_INPUT,
                        "the tool " + connector.name() + " got no value for " + name,
                        "give it one in the step's in");
            }
        }
        I record;
        try {
            record = Json.MAPPER.treeToValue(input, connector.input());
        } catch (JsonProcessingException e) {
            throw new ConnectorException(
                    ConnectorException.Kind.BAD_INPUT,
                    "the tool " + connector.name() + " cannot read its input: " + e.getOriginalMessage(),
                    "give it " + fields(connector.input()).fields().keySet(),
                    null,
                    e);
        }
        return Json.node(Json.MAPPER.<JsonNode>valueToTree(connector.run(record, context)));
    }

    private static Set<String> required(Class<? extends Record> record) {
        return Stream.of(record.getRecordComponents())
                .filter(component -> component.getType() != Optional.class)
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    private static Type.Fields fields(Class<?> record) {
        Map<String, Type> fields = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            fields.put(component.getName(), type(component.getGenericType()));
        }
        return new Type.Fields(fields, false);
    }

    private static Type type(java.lang.reflect.Type java) {
        if (java instanceof ParameterizedType generic) {
            java.lang.reflect.Type first = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                return new Type.ListOf(type(first));
            }
            return generic.getRawType() == Optional.class ? type(first) : Type.ANY;
        }
        if (!(java instanceof Class<?> plain)) {
            return Type.ANY;
        }
        if (plain == String.class || plain.isEnum()) {
            return Type.TEXT;
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return Type.BOOLEAN;
        }
        if (plain.isPrimitive() || Number.class.isAssignableFrom(plain)) {
            return Type.NUMBER;
        }
        return plain.isRecord() ? fields(plain) : Type.ANY;
    }
}
