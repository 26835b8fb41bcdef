package dev.hone.dsl.grammar;

import dev.hone.dsl.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What may stand at a place of a file. */
public sealed interface Form {

    /** Any value; a text that begins with {@code =} is FEEL. */
    Form VALUE = new Value();

    /** FEEL, with or without the leading {@code =}, or a number or boolean. */
    Form FEEL = new Expression();

    Form TEXT = new Text();
    Form TEXT_OR_FEEL = new TextOrExpression();
    Form FLAG = new Flag();

    record Value() implements Form {}

    record Expression() implements Form {}

    /** An ISO-8601 duration, or FEEL for a number of seconds. */
    record Time() implements Form {}

    /** Any text but the empty one. */
    record Text() implements Form {}

    /** A text, or FEEL behind a leading {@code =}. */
    record TextOrExpression() implements Form {}

    /** A text of a certain pattern. */
    record Named(Naming naming) implements Form {}

    record Word(List<String> words) implements Form {}

    record Flag() implements Form {}

    record Number(double least, boolean whole) implements Form {}

    /** A text, a number or a boolean that is not computed. */
    record Literal() implements Form {}

    /** A test of a decision table's cell. */
    record Test() implements Form {}

    /** A mapping whose keys are these. {@code what} has an article: "a pool". */
    record Keyed(String what, int least, List<Key> keys) implements Form {
        Keyed(String what, List<Key> keys) {
            this(what, 0, keys);
        }
    }

    /** A mapping whose keys the author chooses. */
    record Mapping(String what, int least, Naming naming, Form values) implements Form {}

    record ListOf(Form items) implements Form {}

    /** A mapping whose other keys depend on the word under one key. */
    record ByWord(String what, String key, String says, Map<String, Keyed> kinds) implements Form {}

    /** A mapping whose other keys depend on which one of several keys it has. */
    record ByKey(String what, Map<String, ? extends Form> kinds) implements Form {}

    /** A mapping whose other keys depend on whether the text under one key is a path, which has a dot or a slash. */
    record ByPath(String key, Keyed path, Keyed other) implements Form {

        Keyed kind(Yaml yaml) {
            return yaml instanceof Yaml.Fields fields && isPath(fields) ? path : other;
        }

        private boolean isPath(Yaml.Fields fields) {
            Yaml.Entry entry = fields.entries().get(key);
            return entry != null
                    && entry.value() instanceof Yaml.Scalar scalar
                    && scalar.text().chars().anyMatch(c -> c == '.' || c == '/' || c == '\\');
        }
    }

    /** The short form for a scalar, the long form for everything else. */
    record ShortOrLong(Form scalar, Form other) implements Form {}

    /** One step: a mapping with exactly one verb as key, and the keys that the verb allows beside it. */
    record OneVerb(List<Verb> verbs) implements Form {}

    /** A form that contains itself, under the name it has in the JSON Schema. */
    record Recursive(String name, Supplier<Form> form) implements Form {}

    /**
     * @param says one sentence for the author
     */
    record Key(String name, Form form, boolean required, String says) {
        static Key required(String name, Form form, String says) {
            return new Key(name, form, true, says);
        }

        static Key optional(String name, Form form, String says) {
            return new Key(name, form, false, says);
        }
    }
}
