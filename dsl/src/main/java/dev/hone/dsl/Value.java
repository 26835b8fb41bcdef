package dev.hone.dsl;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A value as the author wrote it in YAML; a text that begins with {@code =} is {@link Computed}. */
public sealed interface Value {

    Where where();

    /** What is computed in it, at any depth. */
    default Stream<Expression> expressions() {
        return switch (this) {
            case Computed(Expression expression) -> Stream.of(expression);
            case Items items -> items.items().stream().flatMap(Value::expressions);
            case Fields fields -> fields.fields().values().stream().flatMap(Value::expressions);
            case Text text -> Stream.empty();
            case Number number -> Stream.empty();
            case Bool bool -> Stream.empty();
            case Nothing nothing -> Stream.empty();
        };
    }

    record Nothing(Where where) implements Value {}

    record Text(String text, Where where) implements Value {}

    record Number(BigDecimal number, Where where) implements Value {}

    record Bool(boolean bool, Where where) implements Value {}

    record Items(List<Value> items, Where where) implements Value {}

    /** @param fields in the order written */
    record Fields(Map<String, Value> fields, Where where) implements Value {}

    record Computed(Expression expression) implements Value {
        @Override
        public Where where() {
            return expression.where();
        }
    }
}
