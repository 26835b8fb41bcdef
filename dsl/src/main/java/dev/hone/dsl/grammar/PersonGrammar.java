package dev.hone.dsl.grammar;

import static dev.hone.dsl.grammar.Form.Key.optional;
import static dev.hone.dsl.grammar.Form.Key.required;

import dev.hone.dsl.ScriptedPerson;
import dev.hone.dsl.ScriptedPerson.Field;
import dev.hone.dsl.ScriptedPerson.Script;
import dev.hone.dsl.Value;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a scripted person answers. */
public final class PersonGrammar {

    private static final String WHAT = "an answer";

    public static final Form FORM = new Form.Keyed(
            "a scripted person",
            List.of(
                    required("person", new Form.Word(List.of("1")), "The version of the language: 1."),
                    required(
                            "answers",
                            new Form.Mapping(
                                    "a mapping of human steps to answers, as which: {choice: 1}",
                                    1,
                                    Naming.ID,
                                    new Form.ByKey(WHAT, kinds())),
                            "What they answer, by the id of the step.")));

    private PersonGrammar() {}

    private static Map<String, Form.Keyed> kinds() {
        Map<String, Form.Keyed> kinds = new LinkedHashMap<>();
        for (Field field : Field.values()) {
            kinds.put(field.word(), new Form.Keyed(WHAT, keys(field)));
        }
        return kinds;
    }

    private static List<Form.Key> keys(Field field) {
        List<Form.Key> keys = new ArrayList<>();
        keys.add(required(field.word(), form(field), says(field)));
        if (field == Field.CHOICE || field == Field.APPROVED) {
            keys.add(optional("error", Form.FEEL, "How likely they choose anything else, from 0 to 1."));
        }
        keys.add(optional("delay", new Form.Time(), "How long they let one wait, such as PT2S."));
        keys.add(optional("seconds", Form.FEEL, "How long they are said to have taken; nobody waits for it."));
        return keys;
    }

    private static Form form(Field field) {
        return switch (field) {
            case TEXT, LABEL -> Form.TEXT_OR_FEEL;
            case CHOICE -> Form.VALUE;
            case RATING, APPROVED -> Form.FEEL;
        };
    }

    private static String says(Field field) {
        return switch (field) {
            case RATING -> "The number that they give.";
            case CHOICE -> "What they prefer: its name, or its number as the workflow lists it.";
            case TEXT -> "What they write.";
            case LABEL -> "The label that they give.";
            case APPROVED -> "Whether they approve.";
        };
    }

    public static ScriptedPerson read(Yaml file) {
        return new ScriptedPerson(Fields.of(file).fields("answers").mapped((step, yaml) -> script(Fields.of(yaml))));
    }

    private static Script script(Fields fields) {
        Field field = Arrays.stream(Field.values())
                .filter(one -> fields.has(one.word()))
                .findFirst()
                .orElseThrow();
        return new Script(
                field,
                field == Field.RATING || field == Field.APPROVED
                        ? new Value.Computed(fields.expression(field.word()))
                        : Values.read(fields.yaml(field.word())),
                fields.optionalExpression("error"),
                fields.optionalSeconds("delay"),
                fields.optionalExpression("seconds"),
                fields.where());
    }
}
