package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.Type;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the caller gives, and of which type: a word, or a mapping that says more. */
final class TypeGrammar {

    private static final List<String> WORDS = List.of("text", "number", "boolean", "list", "object", "any");
    private static final Form WORD = new Form.Word(WORDS);
    private static final Form TYPE = new Form.Recursive("type", TypeGrammar::type);

    private static final List<Form.Key> KEYS = List.of(
            required("type", WORD, "The type of the value."),
            optional(
                    "fields",
                    new Form.Mapping("a mapping of field names to types", 0, Naming.FIELD, TYPE),
                    "The fields of an object; other fields are then unknown, unless 'open: true'."),
            optional("open", Form.FLAG, "Whether the object may have fields that are not named."),
            optional("items", TYPE, "The type of a list's items."));

    static final Form INPUT = new Form.ShortOrLong(WORD, new Form.Keyed("an input", inputKeys()));

    private TypeGrammar() {}

    private static Form type() {
        return new Form.ShortOrLong(WORD, new Form.Keyed("a type", KEYS));
    }

    private static List<Form.Key> inputKeys() {
        List<Form.Key> keys = new ArrayList<>(KEYS);
        keys.add(optional(
                "sealed",
                Form.FLAG,
                "Whether only 'measure' may read it; the compiler proves that nothing else does."));
        return List.copyOf(keys);
    }

    static Workflow.Input input(String name, Yaml yaml) {
        boolean sealed = yaml instanceof Yaml.Fields && Fields.of(yaml).flag("sealed");
        return new Workflow.Input(name, read(yaml), sealed, yaml.where());
    }

    /** The fields that a reply has to have. */
    static final Form REPLY = new Form.Mapping("a mapping of field names to types", 1, Naming.FIELD, TYPE);

    /** @param yaml in the form of {@link #REPLY} */
    static Type.Fields reply(Fields yaml) {
        return new Type.Fields(yaml.mapped((name, type) -> read(type)), true);
    }

    private static Type read(Yaml yaml) {
        if (yaml instanceof Yaml.Scalar word) {
            return ofWord(word.text(), Fields.NONE);
        }
        Fields fields = Fields.of(yaml);
        return ofWord(fields.text("type"), fields);
    }

    private static Type ofWord(String word, Fields fields) {
        return switch (word) {
            case "text" -> Type.TEXT;
            case "number" -> Type.NUMBER;
            case "boolean" -> Type.BOOLEAN;
            case "list" -> new Type.ListOf(fields.has("items") ? read(fields.yaml("items")) : Type.ANY);
            case "object" -> {
                Map<String, Type> types = fields.fields("fields").mapped((name, type) -> read(type));
                yield new Type.Fields(types, fields.flag("open") || !fields.has("fields"));
            }
            default -> Type.ANY;
        };
    }
}
