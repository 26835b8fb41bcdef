package dev.hone.dsl;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A value as the author wrote it in YAML; a text that begins with {@code =} is {@link Computed}. */
public sealed interface Value {

    Where where();

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
