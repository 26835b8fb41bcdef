package dev.hone.dsl.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The grammar as a JSON Schema (draft 2020-12), for editors that complete and underline while one types. It says less
 * than the reader: not which names exist, nor whether an expression is right.
 */
public final class JsonSchema {

    private static final String ID = "urn:hone:schema:1";

    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private JsonSchema() {}

    /** The schema's text; the same for the same grammar. */
    public static String print(Form form) {
        JsonSchema schema = new JsonSchema();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        all.put("$id", ID);
        all.put("title", "Hone workflow");
        all.putAll(schema.of(form));
        all.put("$defs", schema.definitions);
        return Json.print(all) + "\n";
    }

    private Map<String, Object> of(Form form) {
        return switch (form) {
            case Form.Value() -> Map.of();
            case Form.Expression() -> Map.of("type", List.of("string", "number", "boolean"));
            case Form.Time() -> Map.of("type", List.of("string", "number"));
            case Form.Text() -> ordered("type", "string", "pattern", "\\S");
            case Form.TextOrExpression() -> ordered("type", "string", "pattern", "\\S");
            case Form.Named(Naming naming) -> naming(naming);
            case Form.Word(List<String> words) -> Map.of("enum", words(words));
            case Form.Flag() -> Map.of("type", "boolean");
            case Form.Number(double least, boolean whole) ->
                ordered("type", whole ? "integer" : "number", "minimum", (long) least);
            case Form.Literal() -> Map.of("type", List.of("string", "number", "boolean"));
            case Form.Test() -> Map.of("type", List.of("string", "number", "boolean"));
            case Form.Keyed keyed -> object(keyed.keys(), keyed.least());
            case Form.Mapping(String what, int least, Naming naming, Form values) -> {
                Map<String, Object> schema = ordered("type", "object", "propertyNames", naming(naming));
                schema.put("additionalProperties", of(values));
                if (least > 0) {
                    schema.put("minProperties", (long) least);
                }
                yield schema;
            }
            case Form.ListOf(Form items) -> ordered("type", "array", "items", of(items));
            case Form.ByWord byWord -> byWord(byWord);
            case Form.ByKey byKey ->
                Map.of("oneOf", byKey.kinds().values().stream().map(this::of).toList());
            // No path is a name.
            case Form.ByPath byPath -> Map.of("oneOf", List.of(of(byPath.path()), of(byPath.other())));
            case Form.ShortOrLong(Form scalar, Form other) -> Map.of("anyOf", List.of(of(scalar), of(other)));
            case Form.OneVerb(List<Verb> verbs) ->
                Map.of("oneOf", verbs.stream().map(this::step).toList());
            case Form.Recursive(String name, var inner) -> {
                if (definitions.putIfAbsent(name, Map.of()) == null) {
                    definitions.put(name, of(inner.get()));
                }
                yield Map.of("$ref", "#/$defs/" + name);
            }
        };
    }

    private Map<String, Object> object(List<Form.Key> keys, int least) {
        Map<String, Object> properties = new LinkedHashMap<>();
        keys.forEach(key -> properties.put(key.name(), described(of(key.form()), key.says())));
        Map<String, Object> schema = ordered("type", "object", "properties", properties);
        List<String> required =
                keys.stream().filter(Form.Key::required).map(Form.Key::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (least > 0) {
            schema.put("minProperties", (long) least);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private Map<String, Object> byWord(Form.ByWord form) {
        List<Object> kinds = new ArrayList<>();
        form.kinds().forEach((word, kind) -> {
            List<Form.Key> keys = new ArrayList<>(kind.keys());
            keys.addFirst(Form.Key.required(form.key(), new Form.Word(List.of(word)), form.says()));
            kinds.add(object(keys, kind.least()));
        });
        return Map.of("oneOf", kinds);
    }

    /** What is required beside the verb may also stand inside its mapping. */
    private Map<String, Object> step(Verb verb) {
        List<Form.Key> keys = new ArrayList<>();
        keys.add(Form.Key.required(verb.name(), verb.form(), verb.says()));
        verb.beside().forEach(key -> keys.add(new Form.Key(key.name(), key.form(), false, key.says())));
        Map<String, Object> schema = object(keys, 0);
        List<Object> places = verb.beside().stream()
                .filter(Form.Key::required)
                .<Object>map(key -> placed(verb, key))
                .toList();
        if (!places.isEmpty()) {
            schema.put("allOf", places);
        }
        return schema;
    }

    private static Map<String, Object> placed(Verb verb, Form.Key key) {
        Map<String, Object> beside = Map.of("required", List.of(key.name()));
        return verb.form() instanceof Form.Keyed
                ? Map.of("anyOf", List.of(beside, Map.of("properties", Map.of(verb.name(), beside))))
                : beside;
    }

    private static Map<String, Object> naming(Naming naming) {
        Map<String, Object> schema = ordered("type", "string", "pattern", "^(" + naming.pattern() + ")$");
        schema.put("maxLength", (long) Naming.MAX_LENGTH);
        return schema;
    }

    /** A word of digits is a number to YAML. */
    private static List<Object> words(List<String> words) {
        return words.stream()
                .<Object>map(word -> word.matches("[0-9]+") ? (Object) Long.valueOf(word) : word)
                .toList();
    }

    private static Map<String, Object> described(Map<String, Object> schema, String says) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("description", says);
        described.putAll(schema);
        return described;
    }

    private static Map<String, Object> ordered(String key, Object value, String other, Object otherValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(other, otherValue);
        return map;
    }
}
