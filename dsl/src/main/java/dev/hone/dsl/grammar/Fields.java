package dev.hone.dsl.grammar;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Value;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.yaml.Yaml;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Typed access to a mapping that {@link FormCheck} found to be in its form; asking for anything else is a defect. */
record Fields(Map<String, Yaml.Entry> entries, Where where) {

    static Fields of(Yaml yaml) {
        return new Fields(((Yaml.Fields) yaml).entries(), yaml.where());
    }

    static final Fields NONE = new Fields(Map.of(), new Where("", 0, 0));

    boolean has(String key) {
        return entries.containsKey(key);
    }

    Yaml yaml(String key) {
        Yaml.Entry entry = entries.get(key);
        if (entry == null) {
            throw new IllegalStateException("The form did not require '" + key + "'");
        }
        return entry.value();
    }

    Where keyWhere(String key) {
        Yaml.Entry entry = entries.get(key);
        return entry == null ? where : entry.where();
    }

    Yaml.Scalar scalar(String key) {
        return (Yaml.Scalar) yaml(key);
    }

    String text(String key) {
        return scalar(key).text();
    }

    Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    Workflow.Name name(String key) {
        return nameOf(yaml(key));
    }

    Optional<Workflow.Name> optionalName(String key) {
        return has(key) ? Optional.of(name(key)) : Optional.empty();
    }

    static Workflow.Name nameOf(Yaml yaml) {
        return new Workflow.Name(((Yaml.Scalar) yaml).text(), yaml.where());
    }

    boolean flag(String key) {
        return has(key) && text(key).toLowerCase(Locale.ROOT).equals("true");
    }

    Optional<BigDecimal> number(String key) {
        return has(key) ? Optional.of(new BigDecimal(text(key))) : Optional.empty();
    }

    <E extends Enum<E>> Optional<E> word(String key, Class<E> type) {
        return has(key) ? Optional.of(Enum.valueOf(type, text(key).toUpperCase(Locale.ROOT))) : Optional.empty();
    }

    Expression expression(String key) {
        return ExpressionText.read(scalar(key));
    }

    /** A duration, as the number of its seconds, or FEEL for it. */
    Optional<Expression> optionalSeconds(String key) {
        return has(key)
                ? Optional.of(ExpressionText.seconds(scalar(key)).orElseGet(() -> expression(key)))
                : Optional.empty();
    }

    Optional<Expression> optionalExpression(String key) {
        return has(key) ? Optional.of(expression(key)) : Optional.empty();
    }

    /** Empty when the key is absent. */
    List<Yaml> items(String key) {
        return has(key) ? ((Yaml.Items) yaml(key)).items() : List.of();
    }

    Fields fields(String key) {
        return has(key) ? of(yaml(key)) : NONE;
    }

    Map<String, Value> values(String key) {
        return fields(key).mapped((name, value) -> Values.read(value));
    }

    Map<String, Expression> expressions(String key) {
        return fields(key).expressions();
    }

    /** Every entry as an expression. */
    Map<String, Expression> expressions() {
        return mapped((name, value) -> ExpressionText.read((Yaml.Scalar) value));
    }

    /** Every entry, in the order of the file. */
    <T> Map<String, T> mapped(BiFunction<String, Yaml, T> read) {
        Map<String, T> all = new LinkedHashMap<>();
        entries.forEach((name, entry) -> all.put(name, read.apply(name, entry.value())));
        return java.util.Collections.unmodifiableMap(all);
    }

    static List<String> words(Class<? extends Enum<?>> type) {
        return java.util.Arrays.stream(type.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
