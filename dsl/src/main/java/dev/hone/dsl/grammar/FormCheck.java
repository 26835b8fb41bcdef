package dev.hone.dsl.grammar;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.yaml.Yaml;
import dev.hone.dsl.yaml.Yaml.Scalar.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares a file with its form: keys, types, spelling of names, syntax of expressions. */
public final class FormCheck {

    private final Problems problems;
    private final FormProblems say;

    private FormCheck(Problems problems) {
        this.problems = problems;
        this.say = new FormProblems(problems);
    }

    public static void check(Yaml yaml, Form form, Problems problems) {
        check(yaml, form, "The file", problems);
    }

    static void check(Yaml yaml, Form form, String owner, Problems problems) {
        new FormCheck(problems).check(yaml, form, owner);
    }

    /** @param owner begins the sentence about the value: "'max'" */
    private void check(Yaml yaml, Form form, String owner) {
        if (problems.isFull()) {
            return;
        }
        switch (form) {
            case Form.Value() -> value(yaml);
            case Form.Expression() -> expression(yaml, owner);
            case Form.Time() -> {
                if (!(yaml instanceof Yaml.Scalar scalar)
                        || ExpressionText.seconds(scalar).isEmpty()) {
                    if (yaml instanceof Yaml.Scalar scalar && scalar.text().startsWith("P")) {
                        say.wrongType(
                                yaml, owner, "a positive ISO-8601 duration such as PT10M, or a number of seconds");
                    } else {
                        expression(yaml, owner);
                    }
                }
            }
            case Form.Text() -> {
                if (!(isScalar(yaml, Kind.TEXT)
                        && yaml instanceof Yaml.Scalar scalar
                        && !scalar.text().isBlank())) {
                    say.wrongType(yaml, owner, "a text");
                }
            }
            case Form.TextOrExpression() -> {
                boolean marked = yaml instanceof Yaml.Scalar scalar && ExpressionText.isMarked(scalar);
                check(yaml, marked ? Form.FEEL : Form.TEXT, owner);
            }
            case Form.Named(Naming naming) -> {
                if (!(yaml instanceof Yaml.Scalar scalar) || scalar.kind() == Kind.NOTHING) {
                    say.wrongType(yaml, owner, "a name");
                } else {
                    say.name(scalar.text(), scalar.where(), naming);
                }
            }
            case Form.Word(List<String> words) -> word(yaml, owner, words);
            case Form.Flag() -> {
                if (!isScalar(yaml, Kind.BOOLEAN)) {
                    say.wrongType(yaml, owner, "true or false");
                }
            }
            case Form.Number number -> number(yaml, owner, number);
            case Form.Literal() -> literal(yaml, owner);
            case Form.Test() -> {
                if (literal(yaml, owner)) {
                    TableGrammar.problem((Yaml.Scalar) yaml).ifPresent(say::add);
                }
            }
            case Form.Keyed keyed -> keyed(yaml, owner, keyed);
            case Form.Mapping mapping -> mapping(yaml, owner, mapping);
            case Form.ListOf(Form items) -> {
                if (yaml instanceof Yaml.Items list) {
                    list.items().forEach(item -> check(item, items, "An item of " + inside(owner)));
                } else {
                    say.wrongType(yaml, owner, "a list");
                }
            }
            case Form.ByWord byWord -> byWord(yaml, owner, byWord);
            case Form.ByKey byKey -> byKey(yaml, owner, byKey);
            case Form.ByPath byPath -> check(yaml, byPath.kind(yaml), owner);
            case Form.ShortOrLong(Form scalar, Form other) ->
                check(yaml, yaml instanceof Yaml.Fields || !(isPlainScalar(yaml)) ? other : scalar, owner);
            case Form.OneVerb(List<Verb> verbs) -> step(yaml, owner, verbs);
            case Form.Recursive(String name, var inner) -> check(yaml, inner.get(), owner);
        }
    }

    private boolean literal(Yaml yaml, String owner) {
        boolean literal =
                yaml instanceof Yaml.Scalar scalar && scalar.kind() != Kind.NOTHING && !ExpressionText.isMarked(scalar);
        if (!literal) {
            say.wrongType(yaml, owner, "a text, a number or a boolean that is not computed");
        }
        return literal;
    }

    private void value(Yaml yaml) {
        switch (yaml) {
            case Yaml.Scalar scalar -> {
                if (ExpressionText.isMarked(scalar)) {
                    ExpressionText.problem(scalar).ifPresent(say::add);
                }
            }
            case Yaml.Items list -> list.items().forEach(this::value);
            case Yaml.Fields fields -> fields.entries().values().forEach(entry -> value(entry.value()));
        }
    }

    private void expression(Yaml yaml, String owner) {
        if (yaml instanceof Yaml.Scalar scalar && scalar.kind() != Kind.NOTHING) {
            ExpressionText.problem(scalar).ifPresent(say::add);
        } else {
            say.wrongType(yaml, owner, "an expression such as \"= n + 1\"");
        }
    }

    private void word(Yaml yaml, String owner, List<String> words) {
        if (yaml instanceof Yaml.Scalar scalar && scalar.kind() != Kind.NOTHING) {
            if (!words.contains(scalar.text())) {
                say.wrongType(
                        yaml,
                        owner,
                        FormProblems.expected(words)
                                + (words.size() > 1 ? FormProblems.nearest(scalar.text(), words) : ""));
            }
        } else {
            say.wrongType(yaml, owner, FormProblems.expected(words));
        }
    }

    private void number(Yaml yaml, String owner, Form.Number number) {
        String expected = (number.whole() ? "a whole number" : "a number") + " of at least "
                + BigDecimal.valueOf(number.least()).stripTrailingZeros().toPlainString();
        if (!isScalar(yaml, Kind.NUMBER)) {
            say.wrongType(yaml, owner, expected);
            return;
        }
        BigDecimal value = new BigDecimal(((Yaml.Scalar) yaml).text());
        boolean fits = value.compareTo(BigDecimal.valueOf(number.least())) >= 0
                && (!number.whole()
                        || (value.stripTrailingZeros().scale() <= 0 && value.precision() - value.scale() <= 9));
        if (!fits) {
            say.wrongType(yaml, owner, expected);
        }
    }

    private void keyed(Yaml yaml, String owner, Form.Keyed keyed) {
        if (!(yaml instanceof Yaml.Fields fields)) {
            say.wrongType(yaml, owner, "a mapping with the keys of " + keyed.what());
            return;
        }
        keys(fields, keyed.what(), keyed.keys());
        if (fields.entries().size() < keyed.least()) {
            problems.add(
                    fields.where(),
                    ProblemCode.MISSING_KEY,
                    owner + " is empty.",
                    "Give at least one of " + FormProblems.quoted(FormProblems.names(keyed.keys())) + ".");
        }
    }

    /** Every key known, every required key there, every value in its form. */
    private void keys(Yaml.Fields fields, String what, List<Form.Key> keys) {
        fields.entries()
                .forEach((name, entry) -> keys.stream()
                        .filter(key -> key.name().equals(name))
                        .findFirst()
                        .ifPresentOrElse(
                                key -> check(entry.value(), key.form(), "'" + name + "'"),
                                () -> say.unknownKey(name, entry.where(), what, FormProblems.names(keys))));
        for (Form.Key key : keys) {
            if (key.required() && !fields.entries().containsKey(key.name())) {
                say.missingKey(fields.where(), what, key);
            }
        }
    }

    private void mapping(Yaml yaml, String owner, Form.Mapping mapping) {
        if (!(yaml instanceof Yaml.Fields fields)) {
            say.wrongType(yaml, owner, mapping.what());
            return;
        }
        if (fields.entries().size() < mapping.least()) {
            problems.add(
                    fields.where(), ProblemCode.MISSING_KEY, owner + " is empty.", "Expected " + mapping.what() + ".");
        }
        fields.entries().forEach((name, entry) -> {
            say.name(name, entry.where(), mapping.naming());
            check(entry.value(), mapping.values(), "'" + name + "'");
        });
    }

    private void byWord(Yaml yaml, String owner, Form.ByWord form) {
        if (!(yaml instanceof Yaml.Fields fields)) {
            say.wrongType(yaml, owner, form.what() + ", a mapping");
            return;
        }
        List<String> words = new ArrayList<>(form.kinds().keySet());
        Form.Key selector = Form.Key.required(form.key(), new Form.Word(words), form.says());
        Yaml.Entry entry = fields.entries().get(form.key());
        if (entry == null) {
            say.missingKey(fields.where(), form.what(), selector);
            return;
        }
        Form.Keyed kind =
                entry.value() instanceof Yaml.Scalar scalar ? form.kinds().get(scalar.text()) : null;
        if (kind == null) {
            check(entry.value(), selector.form(), "'" + form.key() + "'");
            return;
        }
        List<Form.Key> keys = new ArrayList<>(kind.keys());
        keys.addFirst(selector);
        keys(fields, kind.what(), keys);
    }

    private void byKey(Yaml yaml, String owner, Form.ByKey form) {
        if (!(yaml instanceof Yaml.Fields fields)) {
            say.wrongType(yaml, owner, form.what() + ", a mapping");
            return;
        }
        List<String> given = form.kinds().keySet().stream()
                .filter(fields.entries()::containsKey)
                .toList();
        if (given.size() > 1) {
            problems.add(
                    Fields.of(fields).keyWhere(given.get(1)),
                    ProblemCode.UNKNOWN_KEY,
                    owner + " has both '" + given.get(0) + "' and '" + given.get(1) + "'.",
                    "Keep one of the two.");
        } else {
            // A mapping with none of the keys is told what the first kind needs.
            String key = given.isEmpty() ? form.kinds().keySet().iterator().next() : given.getFirst();
            check(fields, java.util.Objects.requireNonNull(form.kinds().get(key)), owner);
        }
    }

    private void step(Yaml yaml, String owner, List<Verb> verbs) {
        List<String> names = verbs.stream().map(Verb::name).toList();
        if (!(yaml instanceof Yaml.Fields fields)) {
            say.wrongType(yaml, owner, "a step such as 'call: {...}'");
            return;
        }
        List<Verb> given = verbs.stream()
                .filter(v -> fields.entries().containsKey(v.name()))
                .toList();
        if (given.size() > 1) {
            problems.add(
                    Fields.of(fields).keyWhere(given.get(1).name()),
                    ProblemCode.UNKNOWN_KEY,
                    "A step has one verb; this one has '" + given.get(0).name() + "' and '"
                            + given.get(1).name() + "'.",
                    "Begin a new step with '- " + given.get(1).name() + ":'.");
        } else if (given.isEmpty()) {
            noVerb(fields, names);
        } else {
            verb(fields, given.getFirst());
        }
    }

    private void noVerb(Yaml.Fields fields, List<String> names) {
        Map.Entry<String, Yaml.Entry> first =
                fields.entries().entrySet().stream().findFirst().orElse(null);
        if (first == null) {
            problems.add(
                    fields.where(),
                    ProblemCode.MISSING_KEY,
                    "The step is empty.",
                    "Begin it with one of " + FormProblems.quoted(names) + ".");
        } else {
            say.unknownKey(first.getKey(), first.getValue().where(), "a step", names);
        }
    }

    private void verb(Yaml.Fields fields, Verb verb) {
        Yaml value = Fields.of(fields).yaml(verb.name());
        check(value, verb.form(), "'" + verb.name() + "'");
        Map<String, Yaml.Entry> inside = value instanceof Yaml.Fields inner ? inner.entries() : Map.of();
        List<Form.Key> beside = verb.beside();
        fields.entries().forEach((name, sibling) -> {
            if (name.equals(verb.name())) {
                return;
            }
            if (inside.containsKey(name)) {
                problems.add(
                        sibling.where(),
                        ProblemCode.DUPLICATE_KEY,
                        "'" + name + "' is given both beside and inside '" + verb.name() + "'.",
                        "Remove one of the two.");
                return;
            }
            beside.stream()
                    .filter(key -> key.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            key -> check(sibling.value(), key.form(), "'" + name + "'"),
                            () -> say.unknownKey(
                                    name,
                                    sibling.where(),
                                    "the step '" + verb.name() + "'",
                                    FormProblems.names(beside)));
        });
        for (Form.Key key : beside) {
            if (key.required()
                    && !inside.containsKey(key.name())
                    && !fields.entries().containsKey(key.name())) {
                say.missingKey(Fields.of(fields).keyWhere(verb.name()), "the step '" + verb.name() + "'", key);
            }
        }
    }

    private static boolean isScalar(Yaml yaml, Kind kind) {
        return yaml instanceof Yaml.Scalar scalar && scalar.kind() == kind;
    }

    private static boolean isPlainScalar(Yaml yaml) {
        return yaml instanceof Yaml.Scalar;
    }

    private static String inside(String owner) {
        return Character.toLowerCase(owner.charAt(0)) + owner.substring(1);
    }
}
